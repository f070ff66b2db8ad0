// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/FileFinder.h"

#include "audio/AudioFile.h"
#include "dataset/TextTools.h"

namespace melscope {
namespace fs = std::filesystem;

namespace {

std::string stemOf(const std::string& name)
{
    return lowerCase(hasAudioExtension(name) ? name.substr(0, name.rfind('.')) : name);
}

} // namespace

const FileFinder::Listing& FileFinder::listing(const fs::path& folder)
{
    const auto [position, isNew] = m_listings.try_emplace(folder.native());
    Listing& listing = position->second;
    if (!isNew)
        return listing;
    std::error_code failure;
    for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end; entry.increment(failure)) {
        std::string name = entry->path().filename().native();
        std::error_code unknown;
        const bool isFolder = entry->is_directory(unknown);
        listing.names.emplace(lowerCase(name), name);
        // The smallest name wins, so that the choice between a.ogg and a.wav does not hang on the disk's order.
        if (!isFolder && hasAudioExtension(name)) {
            std::string& stem = listing.stems[stemOf(name)];
            if (stem.empty() || name < stem)
                stem = name;
        }
        listing.isFolder.emplace(std::move(name), isFolder);
    }
    return listing;
}

std::optional<FileFinder::Found> FileFinder::find(const fs::path& wanted)
{
    const fs::path folder = wanted.parent_path();
    const std::string name = wanted.filename().native();
    const Listing& entries = listing(folder);
    if (const auto exact = entries.isFolder.find(name); exact != entries.isFolder.end())
        return Found{wanted, exact->second};
    if (const auto similar = entries.names.find(lowerCase(name)); similar != entries.names.end())
        return Found{folder / similar->second, entries.isFolder.at(similar->second)};
    if (const auto other = entries.stems.find(stemOf(name)); other != entries.stems.end())
        return Found{folder / other->second, false};
    return std::nullopt;
}

} // namespace melscope
