#pragma once

#include "https/client.hpp"

#include <cstdint>
#include <string>

#include <boost/beast/http/basic_parser.hpp>

namespace chr21::https {

// Boost.Beast's parser of one answer, filling an Answer.
class AnswerParser final : public boost::beast::http::basic_parser<false> {
public:
    enum class State : std::uint8_t { needs_more, has_head, is_whole, is_too_long, is_wrong };

    // `has_body` is false for what answers HEAD and CONNECT.
    AnswerParser(const Request& request, Answer& answer, bool has_body);

    // Takes bytes off the front of `received`. Stops once after the head, so that the caller may
    // turn to another server.
    State feed(std::string& received);
    // To be told when the connection has ended: is_whole, or needs_more where bytes are missing.
    State end();

    // What is the matter with an answer that is too long or wrong.
    const std::string& complaint() const { return complaint_; }

protected:
    using Text = boost::beast::string_view;
    using Fault = boost::beast::error_code;

    void on_response_impl(int status, Text reason, int version, Fault& fault) override;
    void on_field_impl(boost::beast::http::field field,
                       Text name,
                       Text value,
                       Fault& fault) override;
    void on_body_init_impl(const boost::optional<std::uint64_t>& length, Fault& fault) override;
    std::size_t on_body_impl(Text bytes, Fault& fault) override;
    std::size_t on_chunk_body_impl(std::uint64_t /*remain*/, Text bytes, Fault& fault) override {
        return on_body_impl(bytes, fault);
    }
    void on_request_impl(boost::beast::http::verb /*verb*/,
                         Text /*method*/,
                         Text /*target*/,
                         int /*version*/,
                         Fault& /*fault*/) override {}
    void on_header_impl(Fault& /*fault*/) override {}
    void on_chunk_header_impl(std::uint64_t /*size*/,
                              Text /*extensions*/,
                              Fault& /*fault*/) override {}
    void on_finish_impl(Fault& /*fault*/) override {}

private:
    bool is_success() const { return answer_->status / 100 == 2; }
    State state_after(const Fault& fault);

    const Request* request_;
    Answer* answer_;
    std::uint64_t length_ = 0;  // of the body so far
    bool told_head_ = false;
    bool is_enough_ = false;  // of a body that only explains
    bool is_too_long_ = false;
    std::string complaint_;
};

}  // namespace chr21::https
