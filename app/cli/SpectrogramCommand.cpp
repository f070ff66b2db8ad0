// SPDX-License-Identifier: GPL-3.0-or-later
#include "audio/AudioFile.h"
#include "cli/Commands.h"
#include "cli/FrontEndOptions.h"
#include "cli/SpectrogramPicture.h"
#include "spectral/SpectrogramExtractor.h"
#include "spectral/SpectrogramFiles.h"

#include <algorithm>
#include <cctype>

namespace melscope::cli {
namespace {

std::string lowerCaseExtension(const std::filesystem::path& path)
{
    std::string extension = path.extension().string();
    std::ranges::transform(extension, extension.begin(), [](unsigned char letter) { return std::tolower(letter); });
    return extension;
}

void write(const std::filesystem::path& path, const SpectrogramGrid& grid, const FrontEnd& frontEnd, const std::string& colours)
{
    const std::string extension = lowerCaseExtension(path);
    if (extension == ".npy")
        writeNpy(path, grid);
    else if (extension == ".csv")
        writeSpectrogramCsv(path, grid, frontEnd);
    else
        writeSpectrogramPicture(path, grid, colours);
}

int runSpectrogram(const Arguments& arguments, Output& output)
{
    const std::filesystem::path clip = arguments.operands().front();
    if (!arguments.text("out"))
        throw UsageError("--out FILE says where to write: .npy for numbers, .png for a picture, .csv for a table.");
    const std::filesystem::path out = *arguments.text("out");
    const std::string extension = lowerCaseExtension(out);
    if (extension != ".npy" && extension != ".png" && extension != ".csv")
        throw UsageError("--out must end in .npy, .png or .csv, but is \"" + out.string() + "\".");
    const FrontEnd frontEnd = frontEndFrom(arguments);
    bool partial = false;
    const Waveform waveform = readAudioFile(clip, &partial);
    if (partial)
        output.message(clip.string() + " holds less than its header promises; what is there is used.");
    const SpectrogramExtractor extractor(frontEnd);
    const std::vector<float> samples = extractor.prepare(waveform, arguments.has("fixed-length"));
    const SpectrogramGrid grid = extractor.compute(samples);
    write(out, grid, frontEnd, arguments.text("colours").value_or("magma"));
    output.json({{"file", clip.string()}, {"out", out.string()}, {"mels", grid.mels}, {"frames", grid.frames},
                 {"seconds", static_cast<double>(samples.size()) / frontEnd.sampleRate}, {"front_end", frontEnd.toJson()}});
    output.text(out.string() + ": " + std::to_string(grid.mels) + " mel rows x " + std::to_string(grid.frames) + " frames.");
    return Done;
}

} // namespace

Command spectrogramCommand()
{
    return {.name = "spectrogram", .operands = "CLIP", .minimumOperands = 1, .maximumOperands = 1,
            .summary = "write a clip's spectrogram as numbers, picture or table",
            .details = "The same front end that the window draws and the trainer feeds on. .npy holds [mel, frame] as float32, row 0 "
                       "the lowest band, in dB (or the natural logarithm for kaldi and beats); .png has one pixel a value; .csv one "
                       "line a frame.\nKeys of --set: sample_rate clip_seconds n_fft win_length hop mels f_min f_max window mel_scale "
                       "norm pad top_db. win_length follows n_fft and f_max follows half the sample rate where they were equal and are "
                       "not set themselves.",
            .options = {{"front-end", "NAME", "esc (default), librosa, torchaudio, kaldi or beats"},
                        {"set", "KEY=VALUE", "change one of the front end's numbers; may be repeated"},
                        {"out", "FILE", "where to write: FILE.npy, FILE.png or FILE.csv"},
                        {"fixed-length", "", "pad or crop to clip_seconds first, as for a model"},
                        {"colours", "NAME", "colour map of the picture: magma (default), viridis, inferno, cividis, grey"}},
            .examples = {"melscope spectrogram dog.wav --out dog.png",
                         "melscope spectrogram dog.wav --front-end torchaudio --set sample_rate=44100 --set n_fft=1024 "
                         "--set hop=441 --set mels=80 --out dog.npy"},
            .run = runSpectrogram};
}

} // namespace melscope::cli
