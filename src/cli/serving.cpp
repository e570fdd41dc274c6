#include "cli/serving.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

namespace chr21::cli {

std::expected<datasets::Start, std::string> begin_with_patience(const ServeSettings& settings,
                                                                const observe::Observer& observer) {
    const auto end = std::chrono::steady_clock::now() + settings.database_wait;
    auto pause = std::chrono::milliseconds(250);
    constexpr auto longest_pause = std::chrono::milliseconds(2000);
    for (bool told = false;; told = true) {
        try {
            return begin(settings.data, observer);
        } catch (const StoreUnavailable& fault) {
            if (!fault.may_pass() || std::chrono::steady_clock::now() + pause > end) throw;
            if (!told) observer(observe::Notice{std::string("waiting: ") + fault.what()});
        }
        std::this_thread::sleep_for(pause);
        pause = std::min(pause * 2, longest_pause);
    }
}

}  // namespace chr21::cli
