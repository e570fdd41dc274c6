#include "api/gene_parameters.hpp"
#include "api/handlers.hpp"
#include "api/representation.hpp"
#include "api/unknown_genes.hpp"
#include "service/negotiation.hpp"
#include "text/ascii.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <memory>
#include <utility>

#include <fmt/format.h>

namespace chr21::api {

namespace {

constexpr std::uint32_t standard_page_size = 25;

// Which genes of a result are wanted: page `number` of `size` genes; without a size all of them
// are on page 1.
struct Page {
    std::uint32_t number = 1;
    std::optional<std::uint32_t> size = standard_page_size;

    bool is_everything() const { return !size && number == 1; }

    Window window() const {
        if (!size) return {.offset = number == 1 ? 0 : std::numeric_limits<std::uint64_t>::max()};
        return {.offset = std::uint64_t{number - 1} * *size, .limit = *size};
    }
};

std::expected<Format, Problem> choose_format(const Call& call) {
    if (const auto* name = call.arguments.text("format")) {
        return std::ranges::find(formats, *name, &FormatFacts::name)->format;
    }
    std::array<std::string_view, formats.size()> offered;
    std::ranges::transform(formats, offered.begin(), &FormatFacts::media_type);
    const auto chosen = service::choose_media_type(call.request.accept, offered);
    if (chosen) return formats[*chosen].format;
    std::string detail = "Accept allows none of";
    for (const auto type : offered) detail.append(" ").append(type);
    return std::unexpected(Problem{.status = 406, .detail = std::move(detail)});
}

const FormatFacts& facts_of(Format format) { return formats[static_cast<std::size_t>(format)]; }

// The target without its page number and ready to take another: everything else stays as the
// caller sent it.
std::string target_before_page(const Call& call) {
    std::string kept(call.target.path);
    char separator = '?';
    for (const auto& [name, value] : call.query) {
        if (name == "page") continue;
        kept += separator;
        kept.append(name).append("=").append(value.value_or(""));
        separator = '&';
    }
    return kept.append(1, separator).append("page=");
}

// RFC 8288, with targets relative to this one so that they hold behind any proxy.
std::string link_header(const Call& call,
                        std::uint32_t page,
                        std::uint32_t size,
                        std::uint64_t total) {
    const std::uint64_t last = total == 0 ? 1 : ((total - 1) / size) + 1;
    const auto before_page = target_before_page(call);
    // Every link repeats the target, and proxies take a head of 4 KB: past this one link has room.
    constexpr std::size_t longest_repeated = 700;
    constexpr std::size_t longest_linked = 3000;
    const bool is_long = before_page.size() > longest_repeated;
    std::string links;
    if (before_page.size() > longest_linked) return links;
    const auto add = [&](std::string_view relation, std::uint64_t number) {
        if (!links.empty()) links += ", ";
        links.append("<").append(before_page).append(std::to_string(number)).append(">; rel=\"");
        links.append(relation).append("\"");
    };
    if (!is_long) add("first", 1);
    if (!is_long && page > 1) add("prev", std::min<std::uint64_t>(page - 1, last));
    if (page < last) add("next", page + 1U);
    if (!is_long) add("last", last);
    return links;
}

std::string download_name(const Dataset& dataset, const FormatFacts& facts) {
    std::string name;
    for (const char byte : dataset.name) {
        const bool plain = text::is_letter(byte) || text::is_digit(byte) || byte == '-' ||
                           byte == '_' || byte == '.';
        name += plain ? byte : '_';
    }
    return fmt::format("attachment; filename=\"{}.{}\"", name, facts.extension);
}

std::string json_page(const GenePage& genes,
                      const Page& page,
                      std::span<const Field> fields,
                      const Karyotype& karyotype) {
    std::size_t bytes = 96;
    for (const auto* record : genes.genes) bytes += record->json.size() + 1;
    std::string body;
    body.reserve(bytes);
    text::JsonWriter json(body);
    json.begin_object();
    json.member("total", genes.total);
    json.member("page", page.number);
    json.member("page_size", page.size.value());
    json.key("items");
    write_genes(json.raw(), Format::json, genes.genes, fields, karyotype);
    json.end_object();
    return body;
}

std::string lines(const GenePage& genes,
                  Format format,
                  std::span<const Field> fields,
                  const Karyotype& karyotype) {
    std::string body;
    write_genes(body, format, genes.genes, fields, karyotype);
    return body;
}

void write_everything(Content& content, std::unique_ptr<GeneCursor> genes, GeneLines lines) {
    content.headers.add("X-Total-Count", std::to_string(genes->total()));
    content.least_size = genes->total() * lines.least_size();
    content.source = lines_of(std::move(genes), std::move(lines));
}

}  // namespace

Answer list_genes(const Call& call) {
    const auto format = choose_format(call);
    if (!format) return std::unexpected(format.error());
    const auto& facts = facts_of(*format);

    const auto fields = fields_of(call.arguments);
    if (!fields.empty() && (*format == Format::bed || *format == Format::gff3)) {
        return std::unexpected(invalid_parameters(
            {{"fields",
              *call.arguments.text("fields"),
              fmt::format("does not go with {}, whose columns are fixed; use json, ndjson, csv "
                          "or tsv, or leave it out",
                          facts.name)}}));
    }
    Page page{.number = call.arguments.integer("page").value(),
              .size = call.arguments.integer("page_size")};
    if (!page.size && *format == Format::json) page.size = standard_page_size;
    Sort sort;
    if (const auto* given = call.arguments.find("sort")) sort = std::get<Sort>(given->value);

    const auto filter = to_filter(call.arguments, call.store);
    Content content{.media_type = facts.media_type, .negotiated = true};
    if (page.is_everything()) {
        auto genes = call.store.cursor(filter, sort);
        content.notices = notices_of_unknown_genes(call, genes->total());
        write_everything(content, std::move(genes), {*format, fields, call.karyotype});
    } else {
        const auto genes = call.store.list(filter, sort, page.window());
        content.notices = notices_of_unknown_genes(call, genes.total);
        content.headers.add("X-Total-Count", std::to_string(genes.total));
        if (page.size) {
            auto links = link_header(call, page.number, *page.size, genes.total);
            if (!links.empty()) content.headers.add("Link", std::move(links));
        }
        content.body = *format == Format::json ? json_page(genes, page, fields, call.karyotype)
                                               : lines(genes, *format, fields, call.karyotype);
    }
    if (*format != Format::json) {
        content.headers.add("Content-Disposition", download_name(call.store.dataset(), facts));
    }
    return content;
}

}  // namespace chr21::api
