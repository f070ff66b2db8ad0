// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dataset/CsvTable.h"
#include "dataset/Dataset.h"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace melscope {

/// How the rows of a metadata table become clips. Column names; an empty one is not there.
struct ClipTableLayout
{
    std::string name; ///< Dataset::layout
    std::filesystem::path root;
    std::string file;
    std::string label;
    std::string order; ///< numbers by which the classes are sorted (the dataset's own targets); by name without them
    std::string fold;
    std::string source;
    /// Where the file of a row may be, best first, from the row's file and fold fields.
    std::function<std::vector<std::filesystem::path>(const std::string& file, const std::string& fold)> places;
    /// The source of a clip whose source field is empty; without it every such clip is its own source.
    std::function<std::string(const std::string& file)> sourceOfName;
};

/// Clips of every usable row; the others are Problems. Folds: whole numbers stand for themselves ("3", "3.0", "fold3"),
/// words are numbered from 1, training before validation before test, others by alphabet; without a fold column they
/// are made (makeFolds). Throws Error: Format (a needed column is not there), Empty (no rows), Missing (no file of any
/// row found), Cancelled.
Dataset readClipTable(const CsvTable& table, const ClipTableLayout& layout, const OpenOptions& options);

/// 1 for the usual names of a training part, 2 for validation, 3 for test, 0 for any other word; capitals do not matter.
int splitNumber(const std::string& word);

} // namespace melscope
