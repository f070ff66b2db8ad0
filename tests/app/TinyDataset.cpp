// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/TinyDataset.h"

#include "audio/AudioFile.h"
#include "base/Files.h"
#include "base/RandomStream.h"

#include <cmath>
#include <filesystem>
#include <numbers>

using namespace melscope;

namespace {

Waveform clip(int label, int take)
{
    RandomStream random({.seed = 7, .clip = static_cast<uint64_t>(take), .index = static_cast<uint64_t>(label)});
    Waveform waveform{.sampleRate = 8000, .channels = 1, .samples = std::vector<float>(4000)};
    const double hz = (label == 0 ? 300.0 : 2000.0) * random.uniform(0.9, 1.1);
    for (size_t i = 0; i < waveform.samples.size(); ++i) {
        const double tone = std::sin(2.0 * std::numbers::pi * hz * static_cast<double>(i) / 8000.0);
        waveform.samples[i] = static_cast<float>(0.3 * (label == 2 ? random.uniform(-1.0, 1.0) : tone) + 0.01 * random.normal());
    }
    return waveform;
}

} // namespace

void writeTinyDataset(const QString& folder, bool leak)
{
    const std::filesystem::path root = folder.toStdString();
    std::filesystem::create_directories(root / "audio");
    std::string table = "filename,fold,target,category,esc10,src_file,take\n";
    for (int label = 0; label < 3; ++label) {
        for (int take = 0; take < 8; ++take) {
            const std::string name = std::to_string(label) + "-" + std::to_string(take) + ".wav";
            writeAudioFile(root / "audio" / name, clip(label, take));
            const std::string source = leak && take < 2 && label == 0 ? "shared" : std::to_string(100 * label + take);
            table += name + "," + std::to_string(take % 4 + 1) + "," + std::to_string(10 * label) + ",class" + std::to_string(label)
                + ",False," + source + ",A\n";
        }
    }
    writeFileAtomically(root / "meta" / "esc50.csv", table);
}

QStringList tinySettings(int epochs)
{
    QStringList options;
    for (const QString& setting : {QStringLiteral("training.epochs=%1").arg(epochs), QStringLiteral("training.batch=6"),
                                   QStringLiteral("training.threads=1"), QStringLiteral("evaluation.every=1"), QStringLiteral("front_end.sample_rate=8000"),
                                   QStringLiteral("front_end.clip_seconds=0.5"), QStringLiteral("front_end.n_fft=256"),
                                   QStringLiteral("front_end.hop=128"), QStringLiteral("front_end.mels=16")})
        options << QStringLiteral("--set") << setting;
    return options;
}
