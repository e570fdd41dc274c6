#include "api/parameter.hpp"

#include "api/nearest_name.hpp"
#include "api/parameter_names.hpp"
#include "api/parameter_value.hpp"
#include "service/query.hpp"
#include "text/invisible.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <utility>

namespace chr21::api {

namespace {

using service::percent_decode;
using service::Plus;
using service::QueryPart;

// Of a value that is too long, in bytes.
constexpr std::size_t longest_shown = 100;

// How a query is read: one pass that keeps what is right and notes what is not.
class Reader {
public:
    Reader(std::span<const Parameter> parameters,
           const Bounds& bounds,
           Faults& faults,
           Arguments& arguments)
        : parameters_(parameters),
          bounds_(bounds),
          faults_(faults),
          arguments_(arguments),
          times_(parameters.size()) {}

    void read_path(std::span<const std::string_view> values) {
        auto value = values.begin();
        for (const auto& parameter : parameters_) {
            if (parameter.in_path) read(parameter, parameter.name, *value++, Plus::stays);
        }
    }

    void read_query(std::span<const QueryPart> query) {
        for (const auto& [raw_name, raw_value] : query) {
            const auto name = percent_decode(raw_name, Plus::is_space);
            if (!name) {
                note(raw_name, "", "the name " + std::string(name.error()));
                continue;
            }
            const auto* parameter = find(*name);
            if (parameter == nullptr) {
                note_unknown(*name, raw_value.value_or(""));
            } else if (is_beyond(*parameter)) {
                note_beyond(*parameter);
            } else if (!has_member(*parameter, *name)) {
                note_unknown_member(*parameter, *name, raw_value.value_or(""));
            } else if (!parameter->repeatable && arguments_.find(*name) != nullptr) {
                note(*name, std::string(raw_value.value_or("")), "is given more than once");
            } else {
                read(*parameter, *name, raw_value.value_or(""), Plus::is_space);
            }
        }
        complete();
    }

private:
    // What is seen only when all has been read.
    void complete() {
        for (const auto& parameter : parameters_) {
            if (parameter.in_path) continue;
            if (mentioned(parameter.name)) {
                check_company(parameter);
            } else if (parameter.required) {
                note(parameter.name, "", "is missing");
            } else if (!parameter.standard.empty()) {
                read(parameter, parameter.name, parameter.standard, Plus::stays);
            }
        }
    }

    void check_company(const Parameter& parameter) {
        const auto other = parameter.only_with;
        const auto* text = arguments_.text(parameter.name);
        if (other.empty() || text == nullptr || mentioned(other)) return;
        note(parameter.name,
             *text,
             std::string("goes only with ").append(other).append(", which is not given"));
    }

    const Parameter* find(std::string_view name) const {
        const auto found = std::ranges::find_if(parameters_, [name](const Parameter& parameter) {
            if (parameter.in_path) return false;
            return parameter.members == nullptr ? parameter.name == name
                                                : name.starts_with(parameter.name);
        });
        return found == parameters_.end() ? nullptr : &*found;
    }

    bool has_member(const Parameter& family, std::string_view name) const {
        if (family.members == nullptr) return true;
        const auto members = family.members(bounds_);
        return std::ranges::find(members, name.substr(family.name.size())) != members.end();
    }

    void read(const Parameter& parameter, std::string_view given, std::string_view raw, Plus plus) {
        auto decoded = percent_decode(raw, plus);
        if (!decoded) return note(given, std::string(raw), std::string(decoded.error()));
        Argument argument{.parameter = &parameter,
                          .text = seen_of(parameter, *std::move(decoded)),
                          .member = member_of(parameter, given)};
        auto& text = argument.text;
        if (text.empty()) return note(given, "", "is empty; give a value or leave it out");
        if (parameter.longest > 0 && count_characters(text) > parameter.longest) {
            return note(given,
                        std::string(first_characters(text, longest_shown)),
                        "is longer than " + std::to_string(parameter.longest) + " characters");
        }
        if (auto plain = with_plain_dashes_of(argument)) text = *std::move(plain);
        auto value = parse_value(parameter, text, bounds_);
        if (!value) return note_fault(given, argument, std::move(value.error()));
        argument.value = *std::move(value);
        notice(argument);
        arguments_.add(std::move(argument));
    }

    // Without what is not seen round it. A "+" in a query arrives as a space unless it is sent as
    // %2B, and is a strand.
    static std::string seen_of(const Parameter& parameter, std::string text) {
        if (parameter.as_sent) return text;
        if (parameter.kind == ParameterKind::strand && text == " ") return "+";
        const auto seen = text::trimmed(text);
        return seen.size() == text.size() ? std::move(text) : std::string(seen);
    }

    // Absent where the text has no odd dashes, or means something as it is written.
    std::optional<std::string> with_plain_dashes_of(const Argument& argument) const {
        if (argument.parameter->as_sent) return {};
        auto plain = text::with_plain_dashes(argument.text);
        if (plain && is_known(argument, bounds_)) return {};
        return plain;
    }

    void note_fault(std::string_view given, const Argument& argument, ValueFault fault) {
        std::vector<std::string> nearest;
        if (fault.kind != ValueFault::Kind::malformed) {
            nearest = nearest_to(argument, most_listed_values);
            if (!nearest.empty()) fault.message += "; the nearest are " + list_of(nearest);
        }
        Error error{std::string(given), argument.text, std::move(fault.message)};
        if (fault.kind == ValueFault::Kind::names_nothing) {
            faults_.add_missing(std::move(error), std::move(nearest));
        } else {
            faults_.add(std::move(error));
        }
    }

    // What the caller should know of how a value was read.
    void notice(const Argument& argument) {
        const auto name = argument.parameter->name;
        if (names_nothing(argument, bounds_)) {
            arguments_.add_notice(make_notice_of_nothing(
                name, argument.text, nearest_to(argument, most_noticed_values)));
        } else if (auto other = read_as(argument)) {
            arguments_.add_notice({.kind = "read-as",
                                   .parameters = {{"parameter", {std::string(name)}},
                                                  {"value", {argument.text}},
                                                  {"as", {*std::move(other)}}}});
        }
    }

    // Of the first values that name nothing: each costs about as much as a gene.
    std::vector<std::string> nearest_to(const Argument& argument, std::size_t most) {
        constexpr std::size_t most_advised = 5;
        if (advised_ == most_advised) return {};
        ++advised_;
        return nearest_of(argument, bounds_, most);
    }

    static std::string member_of(const Parameter& parameter, std::string_view given) {
        return std::string(given.substr(parameter.name.size()));
    }

    bool mentioned(std::string_view name) const {
        const auto found = std::ranges::find(parameters_, name, &Parameter::name);
        return found != parameters_.end() && times_of(*found) > 0;
    }

    const std::uint32_t& times_of(const Parameter& parameter) const {
        return times_[static_cast<std::size_t>(&parameter - parameters_.data())];
    }

    // Counts this time, too.
    bool is_beyond(const Parameter& parameter) {
        const auto times = ++times_[static_cast<std::size_t>(&parameter - parameters_.data())];
        return parameter.most_values > 0 && times > parameter.most_values;
    }

    // One fault, however many values are too many.
    void note_beyond(const Parameter& parameter) {
        if (times_of(parameter) != parameter.most_values + 1) return;
        note(parameter.name,
             "",
             "is given more than " + std::to_string(parameter.most_values) + " times");
    }

    // Appends what a query may call the parameter.
    void append_names(const Parameter& parameter, std::vector<std::string>& names) const {
        if (parameter.members == nullptr) {
            names.emplace_back(parameter.name);
            return;
        }
        for (const auto& member : parameter.members(bounds_)) {
            names.push_back(std::string(parameter.name).append(member));
        }
    }

    void note_unknown(const std::string& name, std::string_view value) {
        faults_.add_if_told([&] {
            return Error{.parameter = name,
                         .value = std::string(value),
                         .message = "is not a parameter here; " + advice_on(name)};
        });
    }

    // What others call the parameter, or what is written like it.
    std::string advice_on(const std::string& name) const {
        for (const auto ours : our_names_of(name)) {
            if (find(ours) != nullptr) return "did you mean " + std::string(ours) + "?";
        }
        std::vector<std::string> known;
        for (const auto& parameter : parameters_) {
            if (!parameter.in_path) append_names(parameter, known);
        }
        return nearest_name(name, known);
    }

    void note_unknown_member(const Parameter& family,
                             const std::string& name,
                             std::string_view value) {
        faults_.add_if_told([&] {
            std::vector<std::string> known;
            append_names(family, known);
            return Error{.parameter = name,
                         .value = std::string(value),
                         .message = "is not known to this dataset" + those_there_are(name, known)};
        });
    }

    static std::string those_there_are(const std::string& name,
                                       const std::vector<std::string>& known) {
        if (known.empty()) return ", which has none";
        if (known.size() > most_listed_values) {
            return "; /dataset lists all, of which the nearest are " +
                   list_of(nearest_values(name, known, most_listed_values));
        }
        const auto nearest = nearest_name(name, known);
        const bool are_listed = nearest.starts_with("there are");
        return "; " + nearest + (are_listed ? "" : " There are: " + list_of(known));
    }

    void note(std::string_view parameter, std::string value, std::string message) {
        faults_.add({std::string(parameter), std::move(value), std::move(message)});
    }

    std::span<const Parameter> parameters_;
    const Bounds& bounds_;
    Faults& faults_;
    Arguments& arguments_;
    std::size_t advised_ = 0;
    // How often each parameter has been given, rightly or not.
    boost::container::small_vector<std::uint32_t, 24> times_;
};

}  // namespace

const Argument* Arguments::find(std::string_view name) const {
    for (const auto& argument : arguments_) {
        if (argument.parameter->name == name) return &argument;
    }
    return nullptr;
}

const std::string* Arguments::text(std::string_view name) const {
    const auto* argument = find(name);
    return argument == nullptr ? nullptr : &argument->text;
}

std::optional<std::uint32_t> Arguments::integer(std::string_view name) const {
    const auto* argument = find(name);
    if (argument == nullptr) return std::nullopt;
    return std::get<std::uint32_t>(argument->value);
}

Arguments parse_arguments(std::span<const Parameter> parameters,
                          std::span<const std::string_view> path_values,
                          std::span<const QueryPart> query,
                          const Bounds& bounds,
                          Faults& faults) {
    Arguments arguments;
    Reader reader(parameters, bounds, faults, arguments);
    reader.read_path(path_values);
    reader.read_query(query);
    return arguments;
}

}  // namespace chr21::api
