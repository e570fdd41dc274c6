#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <sys/types.h>

namespace chr21::testing {

// A program that runs beside the tests. Root runs it as `user`, others as themselves; it ends with
// this object, or with the test program however that ends. What it writes goes to the file `log`.
class Process {
public:
    Process(const std::vector<std::string>& command,
            const std::string& user,
            const std::string& log);
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    Process(Process&&) = delete;
    Process& operator=(Process&&) = delete;

    bool is_running();
    // Waits for its end and returns its exit code; 128 + the number of a signal.
    int wait();
    // Asks it to end, waits up to 20 seconds, and kills it then.
    void stop(int signal);

private:
    pid_t pid_ = -1;
    int status_ = 0;
};

// A program and its arguments, which are split at spaces; "@name" in one is a file of the folder.
std::vector<std::string> command_of(const std::string& program,
                                    const std::string& arguments,
                                    const std::string& folder);

// Runs a program to its end. Throws std::runtime_error, with what it wrote, when that is bad.
void run(const std::vector<std::string>& command, const std::string& user, const std::string& log);

// Gives a file or folder, and what is in it, to a user; root only, otherwise nothing.
void give_to(const std::string& path, const std::string& user);

// The first of the files that can be run; empty where there is none.
std::string find_program(const std::vector<std::string>& paths);

// A port of 127.0.0.1 that nobody listens on.
std::uint16_t free_port();

// A port that takes connections, on which nobody says a word.
class SilentListener {
public:
    SilentListener();
    ~SilentListener();
    SilentListener(const SilentListener&) = delete;
    SilentListener& operator=(const SilentListener&) = delete;
    SilentListener(SilentListener&&) = delete;
    SilentListener& operator=(SilentListener&&) = delete;

    std::uint16_t port() const { return port_; }

private:
    int descriptor_ = -1;
    std::uint16_t port_ = 0;
};

}  // namespace chr21::testing
