#pragma once

#include "text/append_number.hpp"

#include <concepts>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>

namespace chr21::text {

// Appends `text` as a JSON string with its quotes (RFC 8259 section 7). One U+FFFD stands for each
// byte that is not part of UTF-8 text, so the result is always valid JSON.
void append_json_string(std::string& out, std::string_view text);

// Appends JSON to a text, without blanks; the commas come by themselves. It keeps nothing but a
// reference and a flag. That each begin_ has its end_ and that members stand in objects and values
// in arrays is up to the caller; keys are words without anything that JSON escapes.
class JsonWriter {
public:
    // `out` must outlive this.
    explicit JsonWriter(std::string& out) : out_(&out) {}

    void begin_object() { open('{'); }
    void end_object() { close('}'); }
    void begin_array() { open('['); }
    void end_array() { close(']'); }
    void begin_object(std::string_view key) { open(key, '{'); }
    void begin_array(std::string_view key) { open(key, '['); }

    void key(std::string_view name) {
        separate();
        out_->append(1, '"').append(name).append("\":");
        is_after_value_ = false;
    }

    void null() { raw() += "null"; }
    void value(std::string_view text) { append_json_string(raw(), text); }
    // Finite; in decimal, as short as tells it from its neighbours.
    void value(double number) { append_number(raw(), number); }
    template <std::integral Number>
    void value(Number number) {
        if constexpr (std::same_as<Number, bool>) {
            raw() += number ? "true" : "false";
        } else {
            append_number(raw(), number);
        }
    }
    // Null where it is absent.
    template <class Value>
    void value(const std::optional<Value>& optional) {
        if (optional) return value(*optional);
        null();
    }
    // An array.
    template <std::ranges::input_range Values>
        requires(!std::convertible_to<Values, std::string_view>)
    void value(const Values& values) {
        begin_array();
        for (const auto& one : values) value(one);
        end_array();
    }

    template <class Value>
    void member(std::string_view name, const Value& member_value) {
        key(name);
        value(member_value);
    }

    // Members that are JSON already, with their keys and the commas between them.
    void members(std::string_view json) { raw() += json; }

    // One value that is JSON already.
    void raw(std::string_view json) { raw() += json; }
    // Where the caller appends one value itself.
    std::string& raw() {
        separate();
        return *out_;
    }

private:
    // The next value or key needs a comma before it unless it is the first, or a key's value.
    void separate() {
        if (is_after_value_) *out_ += ',';
        is_after_value_ = true;
    }
    void open(char bracket) {
        raw() += bracket;
        is_after_value_ = false;
    }
    void open(std::string_view name, char bracket) {
        key(name);
        open(bracket);
    }
    void close(char bracket) {
        *out_ += bracket;
        is_after_value_ = true;
    }

    std::string* out_;
    bool is_after_value_ = false;
};

}  // namespace chr21::text
