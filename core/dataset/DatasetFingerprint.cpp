// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/DatasetFingerprint.h"

#include "base/Files.h"

#include <algorithm>
#include <array>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace melscope {
namespace {

constexpr off_t sampleBytes = 4096;

/// The classes, then a line a clip: its name, label and fold, and what `ofFile` says of its file.
template <typename OfFile>
std::string digest(const Dataset& dataset, OfFile ofFile)
{
    Sha256 sum;
    std::string text;
    for (const std::string& name : dataset.classes)
        text += std::to_string(name.size()) + ':' + name + ';';
    sum.add(text);
    for (const Clip& clip : dataset.clips) {
        // The length in front of the name keeps two clips from reading like one.
        text = std::to_string(clip.name.size()) + ':' + clip.name + ' ' + std::to_string(clip.label) + ' ' + std::to_string(clip.fold);
        ofFile(clip, text);
        text += '\n';
        sum.add(text);
    }
    return sum.hex();
}

void appendSample(int file, off_t offset, off_t length, std::string& text)
{
    std::array<char, sampleBytes> bytes{};
    const ssize_t read = ::pread(file, bytes.data(), static_cast<size_t>(length), offset);
    text.append(bytes.data(), static_cast<size_t>(std::max<ssize_t>(read, 0)));
}

void appendContent(const Clip& clip, std::string& text)
{
    const int file = ::open(clip.path.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat status {};
    if (file < 0 || ::fstat(file, &status) != 0)
        status = {};
    const off_t size = status.st_size;
    text += ' ' + std::to_string(size) + ' ';
    if (size <= 3 * sampleBytes) {
        for (off_t offset = 0; offset < size; offset += sampleBytes)
            appendSample(file, offset, std::min(sampleBytes, size - offset), text);
    } else {
        for (const off_t offset : {off_t(0), (size - sampleBytes) / 2, size - sampleBytes})
            appendSample(file, offset, sampleBytes, text);
    }
    if (file >= 0)
        ::close(file);
}

void appendTimes(const Clip& clip, std::string& text)
{
    struct stat status {};
    if (::stat(clip.path.c_str(), &status) != 0)
        status = {};
    for (const long long number : {static_cast<long long>(status.st_size), static_cast<long long>(status.st_mtim.tv_sec),
                                   static_cast<long long>(status.st_mtim.tv_nsec)})
        text += ' ' + std::to_string(number);
}

} // namespace

std::string fingerprint(const Dataset& dataset)
{
    return digest(dataset, appendContent);
}

std::string fileStamp(const Dataset& dataset)
{
    return digest(dataset, appendTimes);
}

} // namespace melscope
