// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/ClipThumbnails.h"

#include "audio/AudioFile.h"
#include "base/Files.h"
#include "base/Paths.h"
#include "common/ColourMap.h"
#include "common/Deliver.h"
#include "spectral/SpectrogramExtractor.h"

#include <QBuffer>
#include <QFileInfo>

#include <algorithm>

namespace melscope {
namespace {

constexpr double rangeDb = 70.0;
constexpr int keptImages = 2000;

std::filesystem::path cacheFile(const std::filesystem::path& file)
{
    std::error_code failure;
    const auto size = std::filesystem::file_size(file, failure);
    const auto time = std::filesystem::last_write_time(file, failure).time_since_epoch().count();
    const std::string key = sha256(file.string() + '\n' + std::to_string(size) + '\n' + std::to_string(time));
    return cacheFolder() / "thumbnails" / key.substr(0, 2) / (key.substr(2, 30) + ".png");
}

SpectrogramGrid smallSpectrogram(const Waveform& waveform)
{
    FrontEnd frontEnd;
    frontEnd.sampleRate = waveform.sampleRate;
    frontEnd.nFft = 1024;
    frontEnd.winLength = 1024;
    frontEnd.hop = std::clamp(static_cast<int>(waveform.length() / (2 * ClipThumbnails::size.width())), 64, 4096);
    frontEnd.mels = ClipThumbnails::size.height();
    frontEnd.fMax = waveform.sampleRate / 2.0;
    frontEnd.topDb = rangeDb;
    const SpectrogramExtractor extractor(frontEnd);
    return extractor.compute(extractor.prepare(waveform, false));
}

QImage coloured(const SpectrogramGrid& grid)
{
    const ColourMap& colours = ColourMap::named(QStringLiteral("magma"));
    const float top = *std::max_element(grid.values.begin(), grid.values.end());
    QImage image(ClipThumbnails::size, QImage::Format_RGB32);
    for (int y = 0; y < image.height(); ++y) {
        const auto row = grid.row(grid.mels - 1 - y * grid.mels / image.height());
        auto* pixels = reinterpret_cast<QRgb*>(image.scanLine(y));
        for (int x = 0; x < image.width(); ++x) {
            const auto first = static_cast<size_t>(grid.frames * x / image.width());
            const auto last = std::max(first + 1, static_cast<size_t>(grid.frames * (x + 1) / image.width()));
            const float loudest = *std::max_element(row.begin() + static_cast<ptrdiff_t>(first), row.begin() + static_cast<ptrdiff_t>(last));
            pixels[x] = colours.at(1.0 + (loudest - top) / rangeDb);
        }
    }
    return image;
}

void keep(const QImage& image, const std::filesystem::path& path)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    writeFileAtomically(path, std::string_view(bytes.constData(), static_cast<size_t>(bytes.size())));
}

} // namespace

QImage clipThumbnail(const std::filesystem::path& file)
{
    const std::filesystem::path cached = cacheFile(file);
    QImage image(QString::fromStdString(cached.string()));
    if (image.size() == ClipThumbnails::size)
        return image.convertToFormat(QImage::Format_RGB32);
    try {
        bool partial = false;
        image = coloured(smallSpectrogram(readAudioFile(file, &partial)));
    } catch (const std::exception&) {
        return {}; // the scan says in words what is wrong with the file
    }
    try {
        keep(image, cached);
    } catch (const std::exception&) {
        // A cache that cannot be written costs time only.
    }
    return image;
}

ClipThumbnails::ClipThumbnails(QObject* parent) : QObject(parent), m_images(keptImages), m_pool(1, true) {}

void ClipThumbnails::setDataset(std::shared_ptr<const Dataset> dataset)
{
    m_pool.dropWaiting();
    m_dataset = std::move(dataset);
    m_images.clear();
    m_failed.clear();
}

void ClipThumbnails::request(const std::vector<int>& clips)
{
    m_pool.dropWaiting();
    for (const int clip : clips) {
        if (m_images.contains(clip) || m_failed.count(clip))
            continue;
        m_pool.add([this, clip, dataset = m_dataset, deliver = Deliver(this)](std::stop_token) {
            const QImage image = clipThumbnail(dataset->clips[static_cast<size_t>(clip)].path);
            deliver([this, clip, dataset, image] {
                if (dataset != m_dataset)
                    return;
                if (image.isNull())
                    m_failed.insert(clip);
                else
                    m_images.insert(clip, new QImage(image));
                Q_EMIT arrived(clip);
            });
        });
    }
}

} // namespace melscope
