// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/DemoDataset.h"

#include "audio/AudioFile.h"
#include "base/Error.h"
#include "base/Files.h"
#include "base/Json.h"
#include "base/Paths.h"
#include "dataset/ParallelClips.h"
#include "dataset/demo/DemoScene.h"
#include "dataset/demo/DemoSounds.h"

#include <array>

namespace melscope {
namespace fs = std::filesystem;
namespace {

constexpr int takesPerClass = 40;
constexpr int foldCount = 5;
constexpr int takesPerFold = takesPerClass / foldCount;
constexpr int clipCount = 10 * takesPerClass;
constexpr int recipeVersion = 1; // of the sounds: files of another one are written anew

using Synthesis = demo::Samples (*)(RandomStream&, RandomStream&);
constexpr std::array<Synthesis, 10> syntheses = {&demo::dog,           &demo::rain,      &demo::seaWaves,  &demo::cracklingFire,
                                                 &demo::crickets,      &demo::chirpingBirds, &demo::wind,  &demo::footsteps,
                                                 &demo::clockTick,     &demo::churchBells};

/// The eight takes of a fold come from three sources, of three, two and three takes.
int sourceOf(int label, int take)
{
    static constexpr std::array<int, takesPerFold> sourceInFold = {0, 0, 0, 1, 1, 2, 2, 2};
    return (label * foldCount + take / takesPerFold) * 3 + sourceInFold[static_cast<size_t>(take % takesPerFold)];
}

int foldOf(int take)
{
    return take / takesPerFold + 1;
}

std::string fileName(int label, int take)
{
    const int source = sourceOf(label, take);
    int letter = 0;
    for (int earlier = take; earlier > 0 && sourceOf(label, earlier - 1) == source; --earlier)
        ++letter;
    return std::to_string(foldOf(take)) + "-" + std::to_string(1000 + source) + "-" + static_cast<char>('A' + letter) + "-"
           + std::to_string(label) + ".wav";
}

std::string table()
{
    std::string text = "filename,fold,target,category,src_file,take\n";
    for (int take = 0; take < takesPerClass; ++take)
        for (int label = 0; label < static_cast<int>(syntheses.size()); ++label) {
            const std::string name = fileName(label, take);
            text += name + "," + std::to_string(foldOf(take)) + "," + std::to_string(label) + ","
                    + demoClasses()[static_cast<size_t>(label)] + "," + std::to_string(1000 + sourceOf(label, take)) + ","
                    + std::to_string(take) + "\n";
        }
    return text;
}

/// 16-bit mono WAV: 44 bytes of header and the samples. Files get their name only when they are written.
bool isComplete(const fs::path& file)
{
    std::error_code absent;
    return fs::file_size(file, absent) == 44 + 2 * demo::clipSamples && !absent;
}

void writeClip(const fs::path& file, int label, int take, uint64_t seed)
{
    fs::path temporary = file;
    temporary.replace_extension(".part.wav");
    writeAudioFile(temporary, synthesiseDemoClip(label, take, seed));
    fs::rename(temporary, file);
}

/// Files of another seed or of older sounds must not pass for this one's; files that are not the demo's stay untouched.
void prepareFolder(const fs::path& folder, uint64_t seed)
{
    const std::string wanted = Json{{"demo", recipeVersion}, {"seed", seed}}.dump() + "\n";
    const fs::path marker = folder / "demo.json";
    std::error_code absent;
    if (!fs::exists(marker, absent)) {
        if (fs::exists(folder / "audio", absent) || fs::exists(folder / "meta", absent))
            throw Error(ErrorKind::InvalidValue, folder.string() + " holds another dataset; choose an empty folder for the demo.",
                        folder);
    } else if (readFile(marker) == wanted) {
        return;
    }
    fs::remove(folder / "meta" / "esc50.csv", absent);
    for (int clip = 0; clip < clipCount; ++clip)
        fs::remove(folder / "audio" / fileName(clip / takesPerClass, clip % takesPerClass), absent);
    writeFileAtomically(marker, wanted);
}

} // namespace

const std::vector<std::string>& demoClasses()
{
    static const std::vector<std::string> names = {"dog",           "rain", "sea_waves", "crackling_fire", "crickets",
                                                   "chirping_birds", "wind", "footsteps", "clock_tick",     "church_bells"};
    return names;
}

Waveform synthesiseDemoClip(int label, int take, uint64_t seed)
{
    if (label < 0 || label >= static_cast<int>(syntheses.size()) || take < 0 || take >= takesPerClass)
        throw Error(ErrorKind::InvalidValue, "The demo has 10 classes of 40 takes, no clip (" + std::to_string(label) + ", "
                                                 + std::to_string(take) + ").");
    const auto source = static_cast<uint64_t>(sourceOf(label, take));
    const auto clip = static_cast<uint64_t>(label * takesPerClass + take);
    RandomStream family({seed, 0, source, 1});
    RandomStream takes({seed, 0, clip, 2});
    demo::Samples samples = syntheses[static_cast<size_t>(label)](family, takes);
    RandomStream place({seed, 0, source, 3});
    demo::recordInPlace(samples, place, takes);
    return {demo::sampleRate, 1, std::move(samples)};
}

void writeDemoDataset(const fs::path& folder, uint64_t seed, int threads, std::stop_token stop,
                      const std::function<void(int, int)>& progress)
{
    prepareFolder(folder, seed);
    const fs::path audio = folder / "audio";
    std::error_code failure;
    fs::create_directories(audio, failure);
    if (failure)
        throw Error(ErrorKind::Unreadable, "Cannot create the folder " + audio.string() + ": " + failure.message() + ".", audio);
    forEachClipInParallel(clipCount, threads, stop, progress, [&](int clip) {
        const int label = clip / takesPerClass;
        const int take = clip % takesPerClass;
        const fs::path file = audio / fileName(label, take);
        if (!isComplete(file))
            writeClip(file, label, take, seed);
    });
    if (stop.stop_requested())
        throw Error(ErrorKind::Cancelled,
                    "Writing the demo dataset to " + folder.string() + " was cancelled; the next time it goes on from there.",
                    folder);
    // Last, so that a folder with a table is a whole dataset.
    writeFileAtomically(folder / "meta" / "esc50.csv", table());
}

fs::path demoFolder()
{
    return dataFolder() / "demo";
}

} // namespace melscope
