#include "tests/databases/process.hpp"

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include <fcntl.h>
#include <grp.h>
#include <netinet/in.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace chr21::testing {
namespace {

namespace fs = std::filesystem;

const passwd* account_of(const std::string& user) {
    return geteuid() == 0 ? getpwnam(user.c_str()) : nullptr;
}

// In the child: becomes the program, or ends.
[[noreturn]] void become(std::vector<char*>& arguments, const passwd* account, int log) {
    if (account != nullptr && (initgroups(account->pw_name, account->pw_gid) != 0 ||
                               setgid(account->pw_gid) != 0 || setuid(account->pw_uid) != 0)) {
        _exit(126);
    }
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(log, STDOUT_FILENO);
    dup2(log, STDERR_FILENO);
    execv(arguments.front(), arguments.data());
    _exit(127);
}

std::string text_of(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

}  // namespace

Process::Process(const std::vector<std::string>& command,
                 const std::string& user,
                 const std::string& log) {
    auto copies = command;
    std::vector<char*> arguments;
    for (auto& argument : copies) arguments.push_back(argument.data());
    arguments.push_back(nullptr);
    const auto* const account = account_of(user);
    const int file = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    pid_ = fork();
    if (pid_ == 0) become(arguments, account, file);
    close(file);
    if (pid_ < 0) throw std::runtime_error("no process could be made for " + command.front());
}

Process::~Process() { stop(SIGKILL); }

bool Process::is_running() {
    if (pid_ > 0 && waitpid(pid_, &status_, WNOHANG) == pid_) pid_ = -1;
    return pid_ > 0;
}

int Process::wait() {
    if (pid_ > 0) waitpid(pid_, &status_, 0);
    pid_ = -1;
    return WIFEXITED(status_) ? WEXITSTATUS(status_) : 128 + WTERMSIG(status_);
}

void Process::stop(int signal) {
    if (!is_running()) return;
    kill(pid_, signal);
    for (int i = 0; i < 400 && is_running(); ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    if (is_running()) {
        kill(pid_, SIGKILL);
        wait();
    }
}

std::vector<std::string> command_of(const std::string& program,
                                    const std::string& arguments,
                                    const std::string& folder) {
    std::vector<std::string> command{program};
    std::istringstream words(arguments);
    for (std::string word; words >> word;) {
        if (const auto at = word.find('@'); at != std::string::npos) {
            word.replace(at, 1, folder + "/");
        }
        command.push_back(word);
    }
    return command;
}

void run(const std::vector<std::string>& command, const std::string& user, const std::string& log) {
    if (Process(command, user, log).wait() != 0) {
        throw std::runtime_error(command.front() + " failed: " + text_of(log));
    }
}

void give_to(const std::string& path, const std::string& user) {
    const auto* const account = account_of(user);
    if (account == nullptr) return;
    const auto give = [&](const fs::path& one) {
        if (lchown(one.c_str(), account->pw_uid, account->pw_gid) != 0) {
            throw std::runtime_error(one.string() + " cannot be given to " + user);
        }
    };
    give(path);
    if (!fs::is_directory(path)) return;
    for (const auto& entry : fs::recursive_directory_iterator(path)) give(entry.path());
}

std::string find_program(const std::vector<std::string>& paths) {
    for (const auto& path : paths) {
        if (access(path.c_str(), X_OK) == 0) return path;
    }
    return {};
}

std::uint16_t free_port() { return SilentListener().port(); }

SilentListener::SilentListener() : descriptor_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (bind(descriptor_, generic, size) != 0 || listen(descriptor_, 8) != 0 ||
        getsockname(descriptor_, generic, &size) != 0) {
        throw std::runtime_error("127.0.0.1 has no free port");
    }
    port_ = ntohs(address.sin_port);
}

SilentListener::~SilentListener() { close(descriptor_); }

}  // namespace chr21::testing
