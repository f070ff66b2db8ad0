// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/AudioFile.h"
#include "base/Files.h"
#include "cli/Commands.h"
#include "cli/TemporaryFolder.h"
#include "dataset/Dataset.h"
#include "dataset/DemoDataset.h"

#include <chrono>
#include <fstream>
#include <functional>
#include <thread>

namespace melscope::cli {
namespace {

namespace fs = std::filesystem;

double secondsOf(const std::function<void()>& work)
{
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

/// The ESC-50 layout with `rows` very short clips of 50 classes in 5 folds.
void writeEscLike(const fs::path& folder, int rows)
{
    fs::create_directories(folder / "audio");
    const fs::path first = folder / "audio" / "clip-0.wav";
    writeAudioFile(first, {.sampleRate = 44100, .channels = 1, .samples = std::vector<float>(64, 0.1F)});
    const std::string sound = readFile(first);
    std::string table = "filename,fold,target,category,esc10,src_file,take\n";
    for (int row = 0; row < rows; ++row) {
        const std::string name = "clip-" + std::to_string(row) + ".wav";
        const std::string target = std::to_string(row % 50);
        std::ofstream(folder / "audio" / name, std::ios::binary) << sound;
        table += name + "," + std::to_string(row / 50 % 5 + 1) + "," + target + ",class" + target + ",False," + std::to_string(row) + ",A\n";
    }
    writeFileAtomically(folder / "meta" / "esc50.csv", table);
}

void benchOpening(int rows, Output& output)
{
    const TemporaryFolder folder;
    output.message("Writing " + std::to_string(rows) + " short clips ...");
    writeEscLike(folder.path(), rows);
    size_t clips = 0;
    const double seconds = secondsOf([&] { clips = openDataset(folder.path()).clips.size(); });
    output.json({{"bench", "dataset"}, {"what", "open"}, {"clips", clips}, {"seconds", seconds}});
    output.text("opening " + std::to_string(clips) + " clips: " + std::to_string(seconds) + " s");
}

void benchDemo(Output& output)
{
    const TemporaryFolder folder;
    const int threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    output.message("Writing the demo dataset ...");
    const double seconds = secondsOf([&] { writeDemoDataset(folder.path(), 0, threads); });
    output.json({{"bench", "dataset"}, {"what", "demo"}, {"threads", threads}, {"seconds", seconds}});
    output.text("writing the demo dataset: " + std::to_string(seconds) + " s");
}

int runBench(const Arguments&, Output& output)
{
    for (const int rows : {2000, 100000})
        benchOpening(rows, output);
    benchDemo(output);
    return Done;
}

} // namespace

Command benchDatasetCommand()
{
    return {.name = "bench dataset", .summary = "time opening 2,000 and 100,000 clips, and writing the demo",
            .details = "Makes folders in the ESC-50 layout under the temporary folder (about 500 MB of disk for a moment), opens them and "
                       "deletes them. Opening reads metadata only.",
            .examples = {"melscope bench dataset --json"}, .run = runBench};
}

} // namespace melscope::cli
