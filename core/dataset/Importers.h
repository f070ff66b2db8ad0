// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dataset/CsvTable.h"
#include "dataset/Dataset.h"

#include <filesystem>
#include <optional>

namespace melscope {

/// Each importer lives in its own file. The find... functions look for the layout under a folder (not at its
/// clips) and return where it begins; the read... functions then read it, with the errors of openDataset.

/// ESC-50 and ESC-10: meta/esc50.csv (or esc10.csv) beside audio/. Returns the CSV. Source: the column src_file, else the
/// middle field of "{fold}-{source}-{take}-{target}.wav".
std::optional<std::filesystem::path> findEsc50(const std::filesystem::path& root);
Dataset readEsc50(const std::filesystem::path& csv, const OpenOptions& options);

/// UrbanSound8K: metadata/UrbanSound8K.csv beside audio/fold1...fold10. Returns the CSV. Source: fsID.
std::optional<std::filesystem::path> findUrbanSound8k(const std::filesystem::path& root);
Dataset readUrbanSound8k(const std::filesystem::path& csv, const OpenOptions& options);

/// A folder per class; clips may lie deeper inside it. Where all folders of the first level are named as splits (train, val,
/// test and their usual variants, or fold1, fold2, ...), the classes are one level down and the splits become folds: train 1, validation 2, test
/// 3; fold folders keep their numbers. Sound files directly in a folder without class folders form one class named
/// after it. Nothing says which clips come from one recording, so each is its own source.
bool hasClassFolders(const std::filesystem::path& root); ///< at least two folders with sound files somewhere inside
Dataset readFolders(const std::filesystem::path& root, const OpenOptions& options);

/// Any CSV: the columns by options.columns, else by a guess from their names and contents. File fields are absolute, or
/// relative to the CSV's folder, to its parent, or to an audio folder (audio, wav, wavs, clips) in either.
std::optional<std::filesystem::path> findCsv(const std::filesystem::path& root); ///< the only one, or the only guessable one
Dataset readCsv(const std::filesystem::path& csv, const OpenOptions& options);
ColumnMapping guessColumns(const CsvTable& table);

} // namespace melscope
