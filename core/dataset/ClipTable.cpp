// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/ClipTable.h"

#include "dataset/FileFinder.h"
#include "dataset/Folds.h"
#include "dataset/TextTools.h"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace melscope {
namespace fs = std::filesystem;
namespace {

using Row = std::vector<std::string>;

std::optional<int> foldNumber(const std::string& word)
{
    std::string digits = lowerCase(word);
    if (digits.starts_with("fold"))
        digits.erase(0, digits.find_first_not_of("_- ", 4));
    return parseInteger(digits);
}

/// Numbers for the words of a fold column; empty where the column holds numbers.
std::map<std::string, int> foldWords(const std::vector<Row>& rows, int column)
{
    std::set<std::string> words;
    size_t numbers = 0;
    size_t filled = 0;
    for (const Row& row : rows) {
        if (column < 0 || row.size() <= static_cast<size_t>(column) || row[static_cast<size_t>(column)].empty())
            continue;
        ++filled;
        const std::string& word = row[static_cast<size_t>(column)];
        if (foldNumber(word))
            ++numbers;
        else
            words.insert(word);
    }
    if (2 * numbers > filled || words.empty())
        return {};
    std::vector<std::string> sorted(words.begin(), words.end());
    const auto rank = [](const std::string& word) { return splitNumber(word) == 0 ? 4 : splitNumber(word); };
    std::stable_sort(sorted.begin(), sorted.end(),
                     [&](const std::string& a, const std::string& b) { return rank(a) < rank(b); });
    std::map<std::string, int> result;
    for (size_t i = 0; i < sorted.size(); ++i)
        result[sorted[i]] = static_cast<int>(i) + 1;
    return result;
}

class Reader
{
public:
    Reader(const CsvTable& table, const ClipTableLayout& layout, const OpenOptions& options)
        : m_table(table), m_layout(layout), m_options(options), m_file(needed(layout.file)), m_label(needed(layout.label)),
          m_order(table.column(layout.order)), m_fold(table.column(layout.fold)), m_source(table.column(layout.source)),
          m_foldWords(foldWords(table.rows(), m_fold))
    {
    }

    Dataset read();

private:
    int needed(const std::string& column) const;
    void addRow(size_t number, const Row& row);
    std::optional<FileFinder::Found> locate(const std::string& file, const std::string& fold);
    std::optional<int> foldOf(const std::string& text) const;
    void report(Problem::Kind kind, const fs::path& file, std::string message)
    {
        m_dataset.problems.push_back({kind, file, std::move(message), true});
    }
    void numberClasses();
    void finish();

    const CsvTable& m_table;
    const ClipTableLayout& m_layout;
    const OpenOptions& m_options;
    int m_file, m_label, m_order, m_fold, m_source;
    std::map<std::string, int> m_foldWords;
    Dataset m_dataset;
    FileFinder m_finder;
    std::unordered_map<std::string, size_t> m_rowOfName;
    std::unordered_map<std::string, int> m_labels; // in order of appearance, renumbered at the end
    std::vector<std::pair<int, std::string>> m_classes; // target, name
};

int Reader::needed(const std::string& column) const
{
    const int position = m_table.column(column);
    if (position < 0)
        throw Error(ErrorKind::Format, m_table.path().string() + " has no column \"" + column + "\".", m_table.path());
    return position;
}

std::optional<FileFinder::Found> Reader::locate(const std::string& file, const std::string& fold)
{
    std::optional<FileFinder::Found> folder;
    for (const fs::path& place : m_layout.places(file, fold)) {
        std::optional<FileFinder::Found> found = m_finder.find(place);
        if (found && !found->isFolder)
            return found;
        if (found)
            folder = std::move(found);
    }
    return folder;
}

std::optional<int> Reader::foldOf(const std::string& text) const
{
    if (m_foldWords.empty())
        return foldNumber(text);
    const auto word = m_foldWords.find(text);
    return word == m_foldWords.end() ? std::nullopt : std::optional<int>(word->second);
}

void Reader::addRow(size_t number, const Row& row)
{
    const std::string where = "Row " + std::to_string(number) + " of " + m_table.path().filename().string();
    const int last = std::max({m_file, m_label, m_fold, m_source, m_order});
    if (row.size() <= static_cast<size_t>(last)) {
        return report(Problem::Kind::BadRow, m_table.path(),
                      where + " has " + std::to_string(row.size()) + " fields where " + std::to_string(last + 1)
                          + " are needed; it is left out.");
    }
    const auto field = [&](int column) { return column < 0 ? std::string() : row[static_cast<size_t>(column)]; };
    const std::string name = field(m_file);
    const std::string label = field(m_label);
    const std::optional<int> fold = m_fold < 0 ? 0 : foldOf(field(m_fold));
    const std::optional<int> order = m_order < 0 ? 0 : parseInteger(field(m_order));
    if (name.empty() || label.empty())
        return report(Problem::Kind::BadRow, m_table.path(),
                      where + " names no " + (name.empty() ? "file" : "class") + "; it is left out.");
    if (!fold || !order)
        return report(Problem::Kind::BadRow, name,
                      where + " (" + name + ") has \"" + field(fold ? m_order : m_fold) + "\" as its "
                          + (fold ? m_layout.order : m_layout.fold) + ", which is not a number; it is left out.");
    if (const auto [first, isNew] = m_rowOfName.try_emplace(name, number); !isNew)
        return report(Problem::Kind::DuplicateRow, name,
                      where + " lists " + name + " again; row " + std::to_string(first->second) + " counts, this one is left out.");
    std::optional<FileFinder::Found> found = locate(name, field(m_fold));
    if (!found)
        return report(Problem::Kind::Missing, name,
                      name + " is listed in " + m_table.path().filename().string() + " but not on disk; the clip is left out.");
    if (found->isFolder)
        return report(Problem::Kind::NotAudio, found->path,
                      name + " is a folder where a sound file should be; the clip is left out.");

    Clip clip;
    clip.name = name;
    clip.path = std::move(found->path);
    clip.fold = *fold;
    clip.source = field(m_source);
    if (clip.source.empty() && m_layout.sourceOfName)
        clip.source = m_layout.sourceOfName(name);
    if (clip.source.empty())
        clip.source = name;
    const auto [position, isNewClass] = m_labels.try_emplace(label, static_cast<int>(m_classes.size()));
    if (isNewClass)
        m_classes.emplace_back(*order, label);
    clip.label = position->second;
    for (int column = 0; column < static_cast<int>(std::min(row.size(), m_table.columns().size())); ++column)
        if (column != m_file && column != m_label && column != m_fold && column != m_source && column != m_order)
            clip.extra[m_table.columns()[static_cast<size_t>(column)]] = row[static_cast<size_t>(column)];
    m_dataset.clips.push_back(std::move(clip));
}

void Reader::numberClasses()
{
    std::vector<std::pair<int, std::string>> sorted = m_classes;
    std::sort(sorted.begin(), sorted.end());
    std::vector<int> renumbered(m_classes.size());
    for (size_t i = 0; i < sorted.size(); ++i) {
        renumbered[static_cast<size_t>(m_labels.at(sorted[i].second))] = static_cast<int>(i);
        m_dataset.classes.push_back(sorted[i].second);
    }
    for (Clip& clip : m_dataset.clips)
        clip.label = renumbered[static_cast<size_t>(clip.label)];
}

void Reader::finish()
{
    numberClasses();
    if (m_fold < 0)
        return makeFolds(m_dataset, m_options.folds, m_options.seed);
    std::set<int> folds;
    for (const Clip& clip : m_dataset.clips)
        folds.insert(clip.fold);
    m_dataset.folds.assign(folds.begin(), folds.end());
}

Dataset Reader::read()
{
    if (m_table.rows().empty())
        throw Error(ErrorKind::Empty, m_table.path().string() + " has column names but lists no clips.", m_table.path());
    m_dataset.name = m_layout.root.filename().string();
    m_dataset.layout = m_layout.name;
    m_dataset.root = m_layout.root;
    for (size_t i = 0; i < m_table.rows().size(); ++i) {
        if (i % 1024 == 0 && m_options.stop.stop_requested())
            throw Error(ErrorKind::Cancelled, "Opening " + m_layout.root.string() + " was cancelled.", m_layout.root);
        addRow(i + 2, m_table.rows()[i]);
    }
    if (m_dataset.clips.empty())
        throw Error(ErrorKind::Missing,
                    "None of the " + std::to_string(m_table.rows().size()) + " clips listed in " + m_table.path().string()
                        + " can be used. " + m_dataset.problems.front().message,
                    m_table.path());
    finish();
    return std::move(m_dataset);
}

} // namespace

Dataset readClipTable(const CsvTable& table, const ClipTableLayout& layout, const OpenOptions& options)
{
    return Reader(table, layout, options).read();
}

int splitNumber(const std::string& word)
{
    const std::string lower = lowerCase(word);
    if (lower == "train" || lower == "training" || lower == "dev" || lower == "development")
        return 1;
    if (lower == "val" || lower == "valid" || lower == "validation")
        return 2;
    return lower == "test" || lower == "testing" || lower == "eval" || lower == "evaluation" ? 3 : 0;
}

} // namespace melscope
