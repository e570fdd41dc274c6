#pragma once

#include "transport/http/request_reader.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <boost/beast/http/basic_parser.hpp>

namespace chr21::http {

using BeastText = boost::beast::string_view;
using BeastFault = boost::beast::error_code;

// Boost.Beast's parser of one request, filling a Reading. Beast is seen in this file and those
// that include it alone.
class RequestParser final : public boost::beast::http::basic_parser<true> {
public:
    // What a parser does with what it reads: keeps it in the Reading, or looks for faults alone.
    enum class Purpose : std::uint8_t { reading, looking };

    RequestParser(const RequestLimits& limits,
                  Reading& reading,
                  Purpose purpose = Purpose::reading);

    // Feeds bytes that stay where they are until the request is answered.
    std::size_t put_head(std::string_view bytes, BeastFault& fault);
    // Feeds as much of the body as can be understood, and returns how much that was.
    std::size_t put_body(std::string_view bytes, std::string& body, BeastFault& fault);

    // Says in the Reading why Beast gave up, unless that has been said.
    void refuse(const BeastFault& fault);

protected:
    void on_request_impl(boost::beast::http::verb verb,
                         BeastText method,
                         BeastText target,
                         int version,
                         BeastFault& fault) override;
    void on_field_impl(boost::beast::http::field field,
                       BeastText name,
                       BeastText value,
                       BeastFault& fault) override;
    void on_header_impl(BeastFault& fault) override;
    std::size_t on_body_impl(BeastText bytes, BeastFault& /*fault*/) override {
        body_->append(bytes.data(), bytes.size());
        return bytes.size();
    }
    std::size_t on_chunk_body_impl(std::uint64_t /*remain*/,
                                   BeastText bytes,
                                   BeastFault& fault) override {
        return on_body_impl(bytes, fault);
    }
    void on_response_impl(int /*code*/,
                          BeastText /*reason*/,
                          int /*version*/,
                          BeastFault& /*fault*/) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>& /*length*/,
                           BeastFault& /*fault*/) override {}
    void on_chunk_header_impl(std::uint64_t /*size*/,
                              BeastText /*extensions*/,
                              BeastFault& /*fault*/) override {}
    void on_finish_impl(BeastFault& /*fault*/) override {}

private:
    void give_up(BeastFault& fault, Refusal refusal);
    void take_host(std::string_view value, BeastFault& fault);
    void take_expectation(std::string_view value, BeastFault& fault);
    void add(std::string_view& field, std::string_view value);

    const RequestLimits* limits_;
    Reading* reading_;
    Purpose purpose_;
    std::string_view head_;
    std::string* body_ = nullptr;
    bool has_host_ = false;
};

}  // namespace chr21::http
