#include "api/gene_parameters.hpp"
#include "api/handlers.hpp"
#include "api/representation.hpp"
#include "text/ascii.hpp"
#include "text/utf8.hpp"

#include <string>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>

namespace chr21::api {

namespace {

namespace json = boost::json;

constexpr std::size_t most_inputs = 1000;

struct Wanted {
    std::vector<std::string> ids;
    std::vector<std::string> names;
};

// "application/json", with or without parameters, in any case.
bool is_json(std::string_view content_type) {
    auto type = content_type.substr(0, content_type.find(';'));
    while (type.ends_with(' ')) type.remove_suffix(1);
    return text::equal_ignoring_case(type, "application/json");
}

std::string shown(const json::value& value) {
    constexpr std::size_t longest_shown = 100;
    auto text = json::serialize(value);
    if (text.size() > longest_shown) text.resize(longest_shown);
    return text;
}

void read_texts(std::string_view member,
                const json::value& value,
                std::vector<std::string>& into,
                std::vector<Error>& faults) {
    const auto* array = value.if_array();
    if (array == nullptr) {
        faults.push_back({std::string(member), shown(value), "must be an array of strings"});
        return;
    }
    for (std::size_t at = 0; at < array->size(); ++at) {
        const auto* text = (*array)[at].if_string();
        if (text == nullptr || text->empty() || text->find('\0') != json::string::npos) {
            faults.push_back({fmt::format("{}[{}]", member, at),
                              shown((*array)[at]),
                              "must be a string that is not empty and holds no NUL"});
            continue;
        }
        into.emplace_back(*text);
    }
}

std::expected<Wanted, Problem> read_body(std::string_view body) {
    if (find_invalid_utf8(body)) {
        return std::unexpected(invalid_parameters({{"body", "", "is not UTF-8"}}));
    }
    boost::system::error_code error;
    const auto value = json::parse(json::string_view(body.data(), body.size()), error);
    if (error) {
        return std::unexpected(
            invalid_parameters({{"body", "", "is not JSON: " + error.message()}}));
    }
    const auto* object = value.if_object();
    if (object == nullptr || object->empty()) {
        return std::unexpected(invalid_parameters(
            {{"body", shown(value), "must be an object with \"ids\" or \"names\", or both"}}));
    }
    Wanted wanted;
    std::vector<Error> faults;
    for (const auto& [key, member] : *object) {
        const std::string_view name(key.data(), key.size());
        if (name == "ids") {
            read_texts(name, member, wanted.ids, faults);
        } else if (name == "names") {
            read_texts(name, member, wanted.names, faults);
        } else {
            faults.push_back(
                {std::string(name), shown(member), "is not known; there are: ids, names"});
        }
    }
    if (const auto count = wanted.ids.size() + wanted.names.size(); count > most_inputs) {
        faults.push_back({"body",
                          std::to_string(count),
                          fmt::format("asks for more than {} genes at once", most_inputs)});
    }
    if (!faults.empty()) return std::unexpected(invalid_parameters(std::move(faults)));
    return wanted;
}

// Names that complete `text` or are one typo away. One question only: a thousand names may be
// wrong at once.
std::vector<std::string> completions(const GeneStore& store, std::string_view text) {
    constexpr std::uint32_t most_completions = 3;
    std::vector<std::string> names;
    const auto found = store.suggest(text, most_completions);
    names.reserve(found.genes.size());
    for (const auto& [record, kind] : found.genes) {
        names.emplace_back(record->gene_name().value_or(record->gene_stable_id()));
    }
    return names;
}

void write_slot(text::JsonWriter& json,
                const Call& call,
                std::string_view input,
                std::string_view reason,
                const FoundGene& gene,
                const std::vector<std::string>& closest) {
    json.begin_object();
    json.member("input", input);
    json.key("gene");
    if (gene) {
        write_gene(json, *gene, fields_of(call.arguments), call.karyotype);
        json.key("reason");
        json.null();
    } else {
        json.null();
        std::string why(reason);
        for (const auto& text : closest) {
            why.append(why.size() == reason.size() ? "; closest: " : ", ").append(text);
        }
        json.member("reason", why);
    }
    json.end_object();
}

}  // namespace

Answer look_up_genes(const Call& call) {
    if (!is_json(call.request.content_type) || !call.request.content_encoding.empty()) {
        return std::unexpected(Problem{
            .status = 415, .detail = "Send the body as application/json without Content-Encoding"});
    }
    const auto wanted = read_body(call.request.body);
    if (!wanted) return std::unexpected(wanted.error());

    Content content;
    text::JsonWriter json(content.body);
    json.begin_object();
    json.begin_array("results");
    std::size_t found = 0;
    for (const auto& id : wanted->ids) {
        const auto gene = call.store.find(id);
        found += gene ? 1U : 0U;
        write_slot(json, call, id, "no gene has this stable ID", gene, {});
    }
    for (const auto& name : wanted->names) {
        const auto gene = call.store.find_by_name(name);
        found += gene ? 1U : 0U;
        write_slot(json,
                   call,
                   name,
                   "no gene has this name",
                   gene,
                   gene ? std::vector<std::string>{} : completions(call.store, name));
    }
    json.end_array();
    json.member("found", found);
    json.member("missing", wanted->ids.size() + wanted->names.size() - found);
    json.end_object();
    return content;
}

}  // namespace chr21::api
