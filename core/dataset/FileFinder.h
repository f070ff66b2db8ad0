// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <unordered_map>

namespace melscope {

/// Finds the files that a table names, reading each folder once instead of asking the disk for every row.
class FileFinder
{
public:
    struct Found
    {
        std::filesystem::path path;
        bool isFolder = false;
    };

    /// The file of that name; else one that differs in capitals or has another audio extension ("1-2-A-0.wav" finds
    /// "1-2-A-0.OGG", "1-2-A-0" finds both). None where nothing fits.
    std::optional<Found> find(const std::filesystem::path& wanted);

private:
    struct Listing
    {
        std::unordered_map<std::string, bool> isFolder;     ///< exact name
        std::unordered_map<std::string, std::string> names; ///< small letters -> name
        std::unordered_map<std::string, std::string> stems; ///< small letters, no audio extension -> name
    };
    const Listing& listing(const std::filesystem::path& folder);

    std::unordered_map<std::string, Listing> m_listings;
};

} // namespace melscope
