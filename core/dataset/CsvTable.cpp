// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/CsvTable.h"

#include "base/Error.h"
#include "base/Files.h"
#include "dataset/TextTools.h"

#include <algorithm>
#include <array>
#include <csv.h>

namespace melscope {
namespace {

std::string textOf(const std::filesystem::path& path)
{
    std::string text = readFile(path);
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
        throw Error(ErrorKind::Format, path.string() + " is encoded as UTF-16; save it as UTF-8 and open it again.", path);
    if (text.starts_with("\xEF\xBB\xBF"))
        text.erase(0, 3);
    if (text.find_first_not_of(" \t\r\n") == std::string::npos)
        throw Error(ErrorKind::Empty, path.string() + " is empty; it should list one clip a line under a line of column names.",
                    path);
    if (text.find('\0') != std::string::npos)
        throw Error(ErrorKind::Format, path.string() + " is not a text table; open a CSV file.", path);
    return asUtf8(std::move(text));
}

/// The separator that the header uses most, outside quotes.
char delimiterOf(const std::string& text)
{
    std::array<int, 3> counts{};
    static constexpr std::string_view candidates = ",;\t";
    bool quoted = false;
    for (const char letter : text) {
        if (letter == '"')
            quoted = !quoted;
        if (!quoted && (letter == '\n' || letter == '\r') && counts != std::array<int, 3>{})
            break;
        const size_t which = candidates.find(letter);
        if (!quoted && which != std::string_view::npos)
            ++counts[which];
    }
    return candidates[static_cast<size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin())];
}

struct Collector
{
    std::vector<std::vector<std::string>> records;
    std::vector<std::string> current;

    static void field(void* bytes, size_t length, void* self)
    {
        static_cast<Collector*>(self)->current.emplace_back(static_cast<const char*>(bytes), length);
    }
    static void record(int, void* self)
    {
        auto& collector = *static_cast<Collector*>(self);
        const size_t fields = collector.current.size();
        collector.records.push_back(std::move(collector.current));
        collector.current = {};
        collector.current.reserve(fields);
    }
};

class Parser
{
public:
    explicit Parser(char delimiter)
    {
        if (csv_init(&m_parser, 0) != 0)
            throw Error(ErrorKind::Internal, "The CSV parser cannot be started.");
        csv_set_delim(&m_parser, static_cast<unsigned char>(delimiter));
        if (delimiter == '\t')
            csv_set_space_func(&m_parser, [](unsigned char letter) { return letter == ' ' ? 1 : 0; });
    }
    ~Parser() { csv_free(&m_parser); }
    Parser(const Parser&) = delete;
    Parser& operator=(const Parser&) = delete;

    bool parse(std::string_view text, Collector& into)
    {
        return csv_parse(&m_parser, text.data(), text.size(), &Collector::field, &Collector::record, &into) == text.size();
    }
    void finish(Collector& into) { csv_fini(&m_parser, &Collector::field, &Collector::record, &into); }

private:
    csv_parser m_parser;
};

} // namespace

CsvTable CsvTable::read(const std::filesystem::path& path, int maximumRows)
{
    const std::string text = textOf(path);
    Parser parser(delimiterOf(text));
    Collector collected;
    static constexpr size_t piece = 64 << 10;
    const size_t enough = maximumRows < 0 ? SIZE_MAX : static_cast<size_t>(maximumRows) + 1;
    for (size_t at = 0; at < text.size() && collected.records.size() < enough; at += piece)
        if (!parser.parse(std::string_view(text).substr(at, piece), collected))
            throw Error(ErrorKind::Format, path.string() + " cannot be read as CSV; check its quotes.", path);
    parser.finish(collected);

    CsvTable table;
    table.m_path = path;
    table.m_columns = std::move(collected.records.front());
    collected.records.erase(collected.records.begin());
    if (collected.records.size() + 1 > enough)
        collected.records.resize(enough - 1);
    table.m_rows = std::move(collected.records);
    return table;
}

int CsvTable::column(std::string_view name) const
{
    if (name.empty())
        return -1;
    const std::string wanted = lowerCase(name);
    for (size_t i = 0; i < m_columns.size(); ++i)
        if (lowerCase(m_columns[i]) == wanted)
            return static_cast<int>(i);
    return -1;
}

} // namespace melscope
