// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/TokenStatisticsText.h"

#include "base/CsvText.h"

#include <algorithm>
#include <sstream>

namespace melscope {
namespace {

double shareOf(int64_t part, int64_t whole)
{
    return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0.0;
}

Json codeJson(const TokenStatistics& statistics, const TokenSet& set, int code)
{
    const auto ints = [](std::span<const int64_t> counts) { return std::vector<int64_t>(counts.begin(), counts.end()); };
    const auto classes = statistics.byClass.row(code);
    const int64_t usage = statistics.usage[static_cast<size_t>(code)];
    const auto top = std::ranges::max_element(classes);
    Json json = {{"code", code}, {"usage", usage}, {"by_row", ints(statistics.byRow.row(code))},
                 {"by_column", ints(statistics.byColumn.row(code))}, {"by_class", ints(classes)}};
    json["top_class"] = usage > 0 ? Json(set.classes[static_cast<size_t>(top - classes.begin())]) : Json();
    json["top_class_share"] = usage > 0 ? shareOf(*top, usage) : 0.0;
    json["class_information_bits"] = statistics.classInformation[static_cast<size_t>(code)];
    return json;
}

} // namespace

Json summaryJson(const TokenStatistics& statistics, const TokenSet& set)
{
    Json json = {{"name", set.tokenizer.name}, {"kind", toString(set.tokenizer.codebook.kind)}, {"dataset", set.dataset}, {"clips", statistics.clips},
                 {"codes", set.codes()}, {"rows", set.layout.rows}, {"columns", set.layout.columns}, {"tokens", statistics.tokens},
                 {"silent", statistics.silent}, {"silent_share", statistics.silentShare()}, {"used_codes", statistics.usedCodes},
                 {"dead_codes", statistics.deadCodes()}, {"entropy_bits", statistics.entropy}, {"perplexity", statistics.perplexity},
                 {"mutual_information_bits", statistics.mutualInformation}, {"chance_information_bits", statistics.chanceInformation},
                 {"class_entropy_bits", statistics.classEntropy}, {"band_information_bits", statistics.rowInformation},
                 {"time_information_bits", statistics.columnInformation},
                 {"majority_accuracy", statistics.majorityAccuracy}, {"bigram_accuracy", statistics.bigramAccuracy}};
    json["held_out"] = set.heldOut ? Json(*set.heldOut) : Json();
    return json;
}

std::string summaryCsv(const TokenStatistics& statistics, const TokenSet& set)
{
    std::string text = "figure,value\r\n";
    const Json summary = summaryJson(statistics, set);
    for (const auto& [name, value] : summary.items())
        text += name + ',' + (value.is_string() ? csvCell(value.get<std::string>()) : value.is_null() ? std::string() : value.dump()) + "\r\n";
    return text;
}

Json toJson(const TokenStatistics& statistics, const TokenSet& set)
{
    Json json = summaryJson(statistics, set);
    json["classes"] = set.classes;
    Json& bigrams = json["bigrams"] = Json::array();
    constexpr size_t shown = 50;
    const std::vector<CodePair> pairs = pairsByCount(statistics.bigrams);
    for (const CodePair& pair : std::span(pairs).first(std::min(shown, pairs.size())))
        bigrams.push_back({{"code", pair.code}, {"next", pair.next}, {"count", pair.count}});
    Json& codes = json["code_table"] = Json::array();
    for (int code = 0; code < set.codes(); ++code)
        codes.push_back(codeJson(statistics, set, code));
    return json;
}

std::string codeTableCsv(const TokenStatistics& statistics, const TokenSet& set)
{
    std::ostringstream text;
    text << "code,usage,share,top_class,top_class_share,class_information_bits";
    for (int row = 0; row < set.layout.rows; ++row)
        text << ",row " << row;
    for (int column = 0; column < set.layout.columns; ++column)
        text << ",column " << column;
    for (const std::string& name : set.classes)
        text << ',' << csvCell("class " + name);
    text << "\r\n";
    for (int code = 0; code < set.codes(); ++code) {
        const Json json = codeJson(statistics, set, code);
        const std::string top = json["top_class"].is_string() ? json["top_class"].get<std::string>() : "";
        text << code << ',' << json["usage"] << ',' << csvCell(shareOf(json["usage"], statistics.tokens)) << ',' << csvCell(top) << ','
             << csvCell(json["top_class_share"].get<double>()) << ',' << csvCell(json["class_information_bits"].get<double>());
        for (const char* part : {"by_row", "by_column", "by_class"})
            for (const Json& count : json[part])
                text << ',' << count;
        text << "\r\n";
    }
    return text.str();
}

std::string silenceCsv(const TokenStatistics& statistics)
{
    std::ostringstream text;
    text << "row,column,silent,clips\r\n";
    for (int row = 0; row < statistics.silence.rows; ++row)
        for (int column = 0; column < statistics.silence.columns; ++column)
            text << row << ',' << column << ',' << statistics.silence.at(row, column) << ',' << statistics.clips << "\r\n";
    return text.str();
}

std::string bigramCsv(const TokenStatistics& statistics)
{
    std::ostringstream text;
    text << "code,next,count\r\n";
    for (const CodePair& pair : pairsByCount(statistics.bigrams))
        text << pair.code << ',' << pair.next << ',' << pair.count << "\r\n";
    return text.str();
}

} // namespace melscope
