// CPU time from the bytes of an event to the bytes of its answer, for one gene and for 25, for each
// kind of sender: event_answers. Without a Runtime API.

#include "api/contract.hpp"
#include "api/representation.hpp"
#include "datasets/export_dataset.hpp"
#include "datasets/live_shelf.hpp"
#include "service/service.hpp"
#include "store/memory/catalog.hpp"
#include "transport/events/http_event.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace {

using namespace chr21;

// A browser's fields, as API Gateway hands them on, in the form `write` gives them.
template <class Write>
std::string fields(Write write) {
    constexpr auto sent = std::to_array<std::pair<std::string_view, std::string_view>>({
        {"Accept", "application/json, text/plain, */*"},
        {"Accept-Encoding", "identity"},
        {"Accept-Language", "en-GB,en;q=0.9"},
        {"CloudFront-Forwarded-Proto", "https"},
        {"CloudFront-Is-Desktop-Viewer", "true"},
        {"CloudFront-Is-Mobile-Viewer", "false"},
        {"CloudFront-Viewer-Country", "FR"},
        {"Host", "a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com"},
        {"Origin", "https://genes.example"},
        {"Referer", "https://genes.example/"},
        {"Sec-Fetch-Mode", "cors"},
        {"User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"},
        {"Via", "2.0 0123456789abcdef0123456789abcdef.cloudfront.net (CloudFront)"},
        {"X-Amzn-Trace-Id", "Root=1-67891233-abcdef012345678912345678"},
        {"X-Forwarded-For", "192.0.2.1, 198.51.100.1"},
        {"X-Forwarded-Port", "443"},
        {"X-Forwarded-Proto", "https"},
    });
    std::string members;
    for (const auto& [name, value] : sent) {
        if (!members.empty()) members += ',';
        members.append("\"").append(name).append("\":").append(write(std::string(value)));
    }
    return members;
}

std::string singles() {
    return fields([](const std::string& value) { return "\"" + value + "\""; });
}
std::string lists() {
    return fields([](const std::string& value) { return "[\"" + value + "\"]"; });
}

std::string rest_api(const std::string& path, const std::string& size) {
    return R"({"resource":"/{proxy+}","path":")" + path + R"(","httpMethod":"GET","headers":{)" +
           singles() + R"(},"multiValueHeaders":{)" + lists() +
           R"(},"queryStringParameters":{"page_size":")" + size +
           R"("},"multiValueQueryStringParameters":{"page_size":[")" + size +
           R"("]},"requestContext":{"stage":"prod","requestId":"c6af9ac6-7b61-11e6-9a41",)"
           R"("identity":{"sourceIp":"192.0.2.1"},"httpMethod":"GET"},"body":null,)"
           R"("isBase64Encoded":false})";
}

std::string function_url(const std::string& path, const std::string& size) {
    return R"({"version":"2.0","rawPath":")" + path + R"(","rawQueryString":"page_size=)" + size +
           R"(","headers":{)" + singles() +
           R"(},"requestContext":{"domainName":"u.lambda-url.eu-west-1.on.aws","http":)"
           R"({"method":"GET","sourceIp":"192.0.2.1"},"stage":"$default"},)"
           R"("isBase64Encoded":false})";
}

std::string load_balancer(const std::string& path, const std::string& size) {
    return R"({"requestContext":{"elb":{"targetGroupArn":"arn"}},"httpMethod":"GET","path":")" +
           path + R"(","multiValueQueryStringParameters":{"page_size":[")" + size +
           R"("]},"multiValueHeaders":{)" + lists() + R"(},"body":"","isBase64Encoded":false})";
}

// Microseconds of this process.
double cpu_time() {
    timespec time{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

std::string answer(const service::Service& service, const std::string& json) {
    const auto event = events::HttpEvent::read(json);
    if (!event) throw std::runtime_error(event.error().reason);
    const auto response = service.answer_whole(
        event->request(), service::Service::Clock::now(), event->answer_limit());
    if (response.status != 200) throw std::runtime_error(response.body);
    return event->answer(response).value();
}

// Of the best of several rounds, for each event.
double time_of(const service::Service& service, const std::string& json) {
    constexpr int rounds = 9;
    constexpr int events = 5000;
    double best = 1e9;
    for (int round = 0; round < rounds; ++round) {
        const auto begun = cpu_time();
        for (int at = 0; at < events; ++at) answer(service, json);
        best = std::min(best, (cpu_time() - begun) / events);
    }
    return best;
}

void measure() {
    auto bundled = datasets::read_bundled_export().value();
    auto store = memory::make_catalog(bundled.dataset, std::move(bundled.genes), api::to_json);
    auto karyotype = datasets::karyotype_of(*store);
    const datasets::LiveShelf shelf(OpenDataset{std::move(store), std::move(karyotype)});
    const std::array dialects{&api::contract()};
    const service::Service service(
        shelf, dialects, {.version = "bench"}, [](const observe::Event&) {});
    using Write = std::string (*)(const std::string&, const std::string&);
    for (const auto& [name, write] : {std::pair<const char*, Write>("REST API", rest_api),
                                      std::pair<const char*, Write>("function URL", function_url),
                                      std::pair<const char*, Write>("balancer", load_balancer)}) {
        for (const auto* const size : {"1", "25"}) {
            const auto json = write("/genes", size);
            std::printf("%-12s %2s genes: %5zu bytes to %5zu bytes in %5.1f us\n",
                        name,
                        size,
                        json.size(),
                        answer(service, json).size(),
                        time_of(service, json));
        }
    }
}

}  // namespace

int main() {
    try {
        measure();
    } catch (const std::exception& fault) {
        std::fprintf(stderr, "event_answers: %s\n", fault.what());
        return 1;
    }
    return 0;
}
