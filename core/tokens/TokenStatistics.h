// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokens/TokenSet.h"

namespace melscope {

/// Numbers [row, column] without torch.
struct CountTable
{
    int rows = 0;
    int columns = 0;
    std::vector<int64_t> counts; ///< row after row
    CountTable() = default;
    CountTable(int rows, int columns) : rows(rows), columns(columns), counts(static_cast<size_t>(rows) * static_cast<size_t>(columns)) {}
    int64_t& at(int row, int column) { return counts[static_cast<size_t>(row) * static_cast<size_t>(columns) + static_cast<size_t>(column)]; }
    int64_t at(int row, int column) const { return counts[static_cast<size_t>(row) * static_cast<size_t>(columns) + static_cast<size_t>(column)]; }
    std::span<const int64_t> row(int index) const { return std::span(counts).subspan(static_cast<size_t>(index) * static_cast<size_t>(columns), static_cast<size_t>(columns)); }
    bool operator==(const CountTable&) const = default;
};

/// What the tokens of some clips say about a codebook. Silence is counted, and left out of everything else.
struct TokenStatistics
{
    int clips = 0;
    int64_t tokens = 0; ///< not silent
    int64_t silent = 0;
    CountTable silence;         ///< [token row, token column]: the silent ones
    std::vector<int64_t> usage; ///< [code]
    int usedCodes = 0;
    double entropy = 0.0;    ///< of the usage, bits
    double perplexity = 0.0; ///< 2^entropy: how many codes, used evenly, would be as unpredictable
    CountTable byRow;        ///< [code, token row], row 0 the lowest bands
    CountTable byColumn;     ///< [code, token column]
    CountTable byClass;      ///< [code, class]
    double mutualInformation = 0.0; ///< of a token's code and its clip's class, bits; as counted, so small samples flatter it
    double chanceInformation = 0.0; ///< bits: what is left of it where classes are dealt anew among the clips
    double classEntropy = 0.0;      ///< bits, what knowing the class would be worth
    std::vector<double> classInformation; ///< [code]: bits about the class in meeting it; the mean by usage is mutualInformation
    double rowInformation = 0.0;    ///< bits of a token's code about its row, i.e. the band it is in
    double columnInformation = 0.0; ///< and about its column, i.e. when it is
    CountTable bigrams;             ///< [code, the next code in time of the same row], both not silent

    /// What guessing the commonest code would get right.
    double majorityAccuracy = 0.0;
    /// What guessing each code's commonest successor would get right, the code before being known; counted on the same tokens.
    double bigramAccuracy = 0.0;

    double silentShare() const { return tokens + silent > 0 ? static_cast<double>(silent) / static_cast<double>(tokens + silent) : 0.0; }
    std::vector<int> deadCodes() const; ///< never used, ascending
};

/// Of `clips` (indices in the set), each once.
TokenStatistics tokenStatistics(const TokenSet& set, std::span<const int> clips);
TokenStatistics tokenStatistics(const TokenSet& set); ///< of all clips

/// Two codes that follow each other in time, and how often.
struct CodePair
{
    int code = 0;
    int next = 0;
    int64_t count = 0;
    bool operator==(const CodePair&) const = default;
};
/// Those that occur, the commonest first; equal counts in the order of codes.
std::vector<CodePair> pairsByCount(const CountTable& bigrams);

double entropyBits(std::span<const int64_t> counts); ///< 0 where nothing was counted
/// Of the two indices of a table of counts, bits.
double mutualInformationBits(const CountTable& table);

} // namespace melscope
