#include "tests/transport/http/client.hpp"
#include "tests/transport/http/running_server.hpp"

#include <chrono>
#include <memory>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace chr21::http::testing {
namespace {

constexpr unsigned threads = 4;

// As many connections as make every thread answer.
std::vector<Client> clients_of_every_thread(RunningServer& running) {
    std::vector<Client> clients;
    while (clients.size() < 200 && running.opened_by_thread().size() < threads) {
        clients.push_back(running.connect());
        EXPECT_TRUE(clients.back().ask(get("/genes")));
    }
    EXPECT_EQ(running.opened_by_thread().size(), threads);
    return clients;
}

template <class Happened>
bool happens(const Happened& happened) {
    for (int turn = 0; turn < 5000 && !happened(); ++turn) std::this_thread::sleep_for(1ms);
    return happened();
}

TEST(Switching, LetsEveryThreadGoOfTheOldDataset) {
    for (const bool connected : {true, false}) {
        RunningServer running({.threads = threads});
        auto clients = clients_of_every_thread(running);
        if (!connected) clients.clear();
        for (int turn = 0; turn < 3; ++turn) {
            const std::weak_ptr<const OpenDataset> old = running.shelf().active();
            running.shelf().switch_to(numbered_dataset(5));
            running.shelf().active();  // this thread's own
            running.server().let_go_of_old_dataset();
            EXPECT_TRUE(happens([&] { return old.expired(); })) << connected << turn;
            for (auto& client : clients) EXPECT_TRUE(client.ask(get("/genes")));
        }
    }
}

}  // namespace
}  // namespace chr21::http::testing
