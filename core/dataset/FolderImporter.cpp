// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/AudioFile.h"
#include "dataset/ClipTable.h"
#include "dataset/Folds.h"
#include "dataset/Importers.h"
#include "dataset/TextTools.h"

#include <algorithm>
#include <map>
#include <set>

namespace melscope {
namespace fs = std::filesystem;
namespace {

bool isHidden(const fs::path& path)
{
    return path.filename().native().starts_with('.');
}

/// What lies directly in a folder, sorted by name, so that nothing hangs on the disk's order.
struct Contents
{
    std::vector<fs::path> folders;
    std::vector<fs::path> files;
};

Contents contentsOf(const fs::path& folder)
{
    Contents contents;
    std::error_code failure;
    for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end; entry.increment(failure)) {
        if (isHidden(entry->path()))
            continue;
        std::error_code unknown;
        (entry->is_directory(unknown) ? contents.folders : contents.files).push_back(entry->path());
    }
    std::sort(contents.folders.begin(), contents.folders.end());
    std::sort(contents.files.begin(), contents.files.end());
    return contents;
}

std::vector<fs::path> filesBelow(const fs::path& folder)
{
    std::vector<fs::path> files;
    std::error_code failure;
    for (fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied, failure), end;
         !failure && entry != end; entry.increment(failure)) {
        std::error_code unknown;
        if (isHidden(entry->path()))
            entry.disable_recursion_pending();
        else if (!entry->is_directory(unknown))
            files.push_back(entry->path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

bool holdsSound(const fs::path& folder)
{
    std::error_code failure;
    for (fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied, failure), end;
         !failure && entry != end; entry.increment(failure))
        if (hasAudioExtension(entry->path()))
            return true;
    return false;
}

/// The fold that a split or fold folder stands for; 0 for any other.
int foldOfFolder(const fs::path& folder)
{
    const std::string name = lowerCase(folder.filename().string());
    if (name.starts_with("fold") && name.size() > 4)
        return parseInteger(name.substr(name.find_first_not_of("_-", 4) == std::string::npos
                                            ? 4
                                            : name.find_first_not_of("_-", 4))).value_or(0);
    return splitNumber(name);
}

class Reader
{
public:
    Reader(const fs::path& root, const OpenOptions& options) : m_root(root), m_options(options) {}

    Dataset read()
    {
        m_dataset.name = asUtf8(m_root.filename().string());
        m_dataset.layout = "folders";
        m_dataset.root = m_root;
        const Contents top = contentsOf(m_root);
        std::vector<fs::path> folders = top.folders;
        std::erase_if(folders, [](const fs::path& folder) { return !holdsSound(folder); });
        const bool split = !folders.empty() && std::all_of(folders.begin(), folders.end(), foldOfFolder)
                           && std::any_of(folders.begin(), folders.end(), [](const fs::path& f) { return hasClassFolders(f); });
        for (const fs::path& folder : folders) {
            if (split)
                addClasses(folder, foldOfFolder(folder));
            else
                addClass(folder.filename().string(), filesBelow(folder), 0);
        }
        addLooseFiles(top.files);
        finish(split);
        return std::move(m_dataset);
    }

private:
    void addClasses(const fs::path& splitFolder, int fold)
    {
        const Contents contents = contentsOf(splitFolder);
        for (const fs::path& folder : contents.folders)
            addClass(folder.filename().string(), filesBelow(folder), fold);
        for (const fs::path& file : contents.files)
            if (hasAudioExtension(file))
                report(Problem::Kind::BadRow, file, "lies outside the class folders; it is left out");
    }

    void addClass(const std::string& className, const std::vector<fs::path>& files, int fold)
    {
        if (m_options.stop.stop_requested())
            throw Error(ErrorKind::Cancelled, "Opening " + m_root.string() + " was cancelled.", m_root);
        const size_t rootLength = m_root.native().size() + 1;
        for (const fs::path& file : files) {
            if (!hasAudioExtension(file)) {
                report(Problem::Kind::NotAudio, file, "is not a sound file by its name; it is left out");
                continue;
            }
            Clip clip;
            clip.name = asUtf8(file.native().substr(rootLength));
            clip.path = file;
            clip.label = m_labels.try_emplace(asUtf8(className), static_cast<int>(m_labels.size())).first->second;
            clip.fold = fold;
            clip.source = clip.name;
            m_dataset.clips.push_back(std::move(clip));
        }
    }

    void addLooseFiles(const std::vector<fs::path>& files)
    {
        const bool alone = m_dataset.clips.empty();
        std::vector<fs::path> sounds = files;
        std::erase_if(sounds, [](const fs::path& file) { return !hasAudioExtension(file); });
        if (alone)
            return addClass(m_dataset.name, sounds, 0);
        for (const fs::path& file : sounds)
            report(Problem::Kind::BadRow, file, "lies outside the class folders; it is left out");
    }

    void finish(bool split)
    {
        if (m_dataset.clips.empty())
            throw Error(ErrorKind::Empty, m_root.string() + " holds no sound files; open a folder with one folder per class, "
                                          "or a dataset with its CSV file.", m_root);
        std::vector<int> renumbered(m_labels.size());
        for (const auto& [name, label] : m_labels) {
            renumbered[static_cast<size_t>(label)] = static_cast<int>(m_dataset.classes.size());
            m_dataset.classes.push_back(name);
        }
        std::set<int> folds;
        for (Clip& clip : m_dataset.clips) {
            clip.label = renumbered[static_cast<size_t>(clip.label)];
            folds.insert(clip.fold);
        }
        if (split)
            m_dataset.folds.assign(folds.begin(), folds.end());
        else
            makeFolds(m_dataset, m_options.folds, m_options.seed);
    }

    void report(Problem::Kind kind, const fs::path& file, const std::string& what)
    {
        m_dataset.problems.push_back({kind, file, file.filename().string() + " " + what + ".", true});
    }

    const fs::path m_root;
    const OpenOptions& m_options;
    Dataset m_dataset;
    std::map<std::string, int> m_labels;
};

} // namespace

bool hasClassFolders(const fs::path& root)
{
    const std::vector<fs::path> folders = contentsOf(root).folders;
    return std::count_if(folders.begin(), folders.end(), &holdsSound) >= 2;
}

Dataset readFolders(const fs::path& root, const OpenOptions& options)
{
    return Reader(root, options).read();
}

} // namespace melscope
