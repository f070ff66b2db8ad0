// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace melscope {

/// A CSV file in memory (RFC 4180 through libcsv): header and rows as UTF-8, whatever the file had (byte order mark,
/// CRLF, Latin-1, semicolons or tabs for commas). Blank lines are skipped, spaces around fields dropped.
class CsvTable
{
public:
    /// Throws Error: Missing, Unreadable, Empty (no bytes), Format (binary, UTF-16).
    /// maximumRows < 0 reads all.
    static CsvTable read(const std::filesystem::path& path, int maximumRows = -1);

    const std::filesystem::path& path() const { return m_path; }
    const std::vector<std::string>& columns() const { return m_columns; }
    const std::vector<std::vector<std::string>>& rows() const { return m_rows; }

    /// Position of a column; capitals and surrounding spaces do not matter. -1 where there is none or name is empty.
    int column(std::string_view name) const;
    bool hasColumn(std::string_view name) const { return column(name) >= 0; }

private:
    std::filesystem::path m_path;
    std::vector<std::string> m_columns;
    std::vector<std::vector<std::string>> m_rows;
};

} // namespace melscope
