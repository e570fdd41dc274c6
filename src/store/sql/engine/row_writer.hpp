#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace chr21::sql {

// Adds rows to one table in the way that is fastest on the engine, inside the transaction that is
// open. Values come column by column, in the order of the columns. Throws EngineFault.
class RowWriter {
public:
    RowWriter() = default;
    RowWriter(const RowWriter&) = delete;
    RowWriter& operator=(const RowWriter&) = delete;
    RowWriter(RowWriter&&) = delete;
    RowWriter& operator=(RowWriter&&) = delete;
    virtual ~RowWriter() = default;

    virtual void number(std::int64_t value) = 0;
    // The text must last until end_row() has returned.
    virtual void text(std::string_view value) = 0;
    virtual void null() = 0;
    virtual void end_row() = 0;
    // Rows are written when this has returned.
    virtual void finish() = 0;

    template <class Number>
    void number_or_null(const std::optional<Number>& value) {
        value ? number(static_cast<std::int64_t>(*value)) : null();
    }
    void text_or_null(const std::optional<std::string>& value) { value ? text(*value) : null(); }
};

}  // namespace chr21::sql
