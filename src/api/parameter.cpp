#include "api/parameter.hpp"

#include "api/nearest_name.hpp"
#include "api/parameter_value.hpp"
#include "service/query.hpp"

#include <algorithm>
#include <utility>

namespace chr21::api {

namespace {

using service::percent_decode;
using service::Plus;
using service::QueryPart;

// How a query is read: one pass that keeps what is right and notes what is not.
class Reader {
public:
    Reader(std::span<const Parameter> parameters,
           const Bounds& bounds,
           std::vector<Error>& faults,
           Arguments& arguments)
        : parameters_(parameters), bounds_(bounds), faults_(faults), arguments_(arguments) {}

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
                note_unknown(*name, std::string(raw_value.value_or("")));
            } else if (!has_member(*parameter, *name)) {
                note_unknown_member(*parameter, *name, std::string(raw_value.value_or("")));
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
        auto text = percent_decode(raw, plus);
        if (!text) return note(given, std::string(raw), std::string(text.error()));
        if (text->empty()) return note(given, "", "is empty; give a value or leave it out");
        if (parameter.kind == ParameterKind::text) {
            arguments_.add(
                &parameter, *std::move(text), ParameterValue(), member_of(parameter, given));
            return;
        }
        auto value = parse_value(parameter, *text, bounds_);
        if (!value) return note(given, *std::move(text), std::move(value.error()));
        arguments_.add(
            &parameter, *std::move(text), *std::move(value), member_of(parameter, given));
    }

    static std::string member_of(const Parameter& parameter, std::string_view given) {
        return std::string(given.substr(parameter.name.size()));
    }

    bool mentioned(std::string_view name) const {
        return arguments_.find(name) != nullptr ||
               std::ranges::find(faults_, name, &Error::parameter) != faults_.end();
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

    void note_unknown(const std::string& name, std::string value) {
        std::vector<std::string> known;
        for (const auto& parameter : parameters_) {
            if (!parameter.in_path) append_names(parameter, known);
        }
        note(name, std::move(value), "is not a parameter here; " + nearest_name(name, known));
    }

    void note_unknown_member(const Parameter& family, const std::string& name, std::string value) {
        std::vector<std::string> known;
        append_names(family, known);
        note(name,
             std::move(value),
             "is not known to this dataset" +
                 (known.empty() ? ", which has none" : "; " + nearest_name(name, known)));
    }

    void note(std::string_view parameter, std::string value, std::string message) {
        faults_.push_back({std::string(parameter), std::move(value), std::move(message)});
    }

    std::span<const Parameter> parameters_;
    const Bounds& bounds_;
    std::vector<Error>& faults_;
    Arguments& arguments_;
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
                          std::vector<Error>& faults) {
    Arguments arguments;
    Reader reader(parameters, bounds, faults, arguments);
    reader.read_path(path_values);
    reader.read_query(query);
    return arguments;
}

}  // namespace chr21::api
