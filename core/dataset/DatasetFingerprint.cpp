// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/DatasetFingerprint.h"

#include "base/Files.h"

#include <sys/stat.h>

namespace melscope {

std::string fingerprint(const Dataset& dataset)
{
    std::string text;
    text.reserve(dataset.clips.size() * 64);
    for (const std::string& name : dataset.classes)
        text += std::to_string(name.size()) + ':' + name + ';';
    for (const Clip& clip : dataset.clips) {
        struct stat status {};
        if (::stat(clip.path.c_str(), &status) != 0)
            status = {};
        // The length in front of the name keeps two clips from reading like one.
        text += std::to_string(clip.name.size()) + ':' + clip.name;
        for (const long long number : {static_cast<long long>(clip.label), static_cast<long long>(clip.fold),
                                       static_cast<long long>(status.st_size), static_cast<long long>(status.st_mtim.tv_sec),
                                       static_cast<long long>(status.st_mtim.tv_nsec)})
            text += ' ' + std::to_string(number);
        text += '\n';
    }
    return sha256(text);
}

} // namespace melscope
