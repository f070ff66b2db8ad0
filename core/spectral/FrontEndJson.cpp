// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Error.h"
#include "spectral/FrontEnd.h"

#include <algorithm>
#include <utility>

namespace melscope {
namespace {

using Type = Parameter::Type;

// In the order of the enumerators.
const std::vector<std::string> kindNames{"mel", "kaldi", "beats"};
const std::vector<std::string> windowNames{"hann", "hamming", "povey"};
const std::vector<std::string> scaleNames{"htk", "slaney"};
const std::vector<std::string> normNames{"none", "slaney"};
const std::vector<std::string> padNames{"reflect", "zero", "none"};

template <typename Enum>
const std::string& nameOf(const std::vector<std::string>& names, Enum value)
{
    return names[static_cast<size_t>(value)];
}

template <typename Enum>
Enum valueOf(const std::vector<std::string>& names, const Json& name)
{
    return static_cast<Enum>(std::ranges::find(names, name.get<std::string>()) - names.begin());
}

[[noreturn]] void refuse(const std::string& sentence)
{
    throw Error(ErrorKind::InvalidValue, sentence);
}

std::string hertz(double value)
{
    return value == static_cast<double>(static_cast<int64_t>(value)) ? std::to_string(static_cast<int64_t>(value)) : Json(value).dump();
}

void requireAgreement(const FrontEnd& f)
{
    if (f.winLength > f.nFft)
        refuse("win_length (" + std::to_string(f.winLength) + ") must not exceed n_fft (" + std::to_string(f.nFft)
               + "); make the window shorter or the FFT longer.");
    if (f.fMax > f.sampleRate / 2.0)
        refuse("f_max (" + hertz(f.fMax) + " Hz) must not exceed half of sample_rate (" + hertz(f.sampleRate / 2.0)
               + " Hz); lower f_max or raise sample_rate.");
    if (f.fMin >= f.fMax)
        refuse("f_min (" + hertz(f.fMin) + " Hz) must be below f_max (" + hertz(f.fMax) + " Hz).");
    if (f.kind == FrontEnd::Kind::Mel)
        return;
    const std::string family = "A Kaldi front end ";
    if (f.pad != FrontEnd::Pad::None)
        refuse(family + "takes only frames that lie fully inside the clip: set pad to none, or start from another preset.");
    if (f.melScale != FrontEnd::MelScale::Htk || f.norm != FrontEnd::Norm::None)
        refuse(family + "has mel_scale htk and norm none; to change them start from another preset.");
    if (f.topDb != 0.0)
        refuse(family + "gives natural logarithms, not dB: set top_db to 0, or start from another preset.");
}

ParameterSchema makeSchema()
{
    const FrontEnd d;
    return ParameterSchema({
        {.key = "sample_rate", .label = "Sample rate", .type = Type::Integer, .unit = "Hz", .defaultValue = d.sampleRate,
         .minimum = 1000, .maximum = 768000,
         .help = "Clips are converted to this rate first. Half of it is the highest frequency that can be seen."},
        {.key = "clip_seconds", .label = "Clip length", .unit = "s", .defaultValue = d.clipSeconds, .minimum = 0.01, .maximum = 3600,
         .help = "What a network is given: longer clips keep their beginning, shorter ones are followed by silence."},
        {.key = "n_fft", .label = "FFT size", .type = Type::Integer, .unit = "samples", .defaultValue = d.nFft, .minimum = 16,
         .maximum = 65536,
         .help = "Samples per Fourier transform. Larger separates frequencies better and blurs time.", .logarithmic = true},
        {.key = "win_length", .label = "Window length", .type = Type::Integer, .unit = "samples", .defaultValue = d.winLength,
         .minimum = 2, .maximum = 65536,
         .help = "Samples of sound in a frame, at most the FFT size; the rest of the frame is zeros. Follows the FFT size where it was equal.",
         .advanced = true, .logarithmic = true},
        {.key = "hop", .label = "Hop", .type = Type::Integer, .unit = "samples", .defaultValue = d.hop, .minimum = 1, .maximum = 65536,
         .help = "Samples from one frame to the next. Smaller gives more columns and a larger network input.", .logarithmic = true},
        {.key = "mels", .label = "Mel bands", .type = Type::Integer, .defaultValue = d.mels, .minimum = 1, .maximum = 1024,
         .help = "Rows of the spectrogram, spaced as hearing spaces pitch."},
        {.key = "f_min", .label = "Lowest frequency", .unit = "Hz", .defaultValue = d.fMin, .minimum = 0, .maximum = 384000,
         .help = "Lower edge of the lowest band."},
        {.key = "f_max", .label = "Highest frequency", .unit = "Hz", .defaultValue = d.fMax, .minimum = 1, .maximum = 384000,
         .help = "Upper edge of the highest band. Follows half the sample rate where it was equal."},
        {.key = "window", .label = "Window", .type = Type::Choice, .defaultValue = nameOf(windowNames, d.window), .choices = windowNames,
         .help = "How a frame fades in and out. Hann suits most sounds; Povey is Kaldi's.", .advanced = true},
        {.key = "mel_scale", .label = "Mel scale", .type = Type::Choice, .defaultValue = nameOf(scaleNames, d.melScale),
         .choices = scaleNames, .help = "HTK's formula (torchaudio's default) or Slaney's (librosa's default).", .advanced = true},
        {.key = "norm", .label = "Band norm", .type = Type::Choice, .defaultValue = nameOf(normNames, d.norm), .choices = normNames,
         .help = "none: every triangle peaks at 1. slaney: every triangle has unit area, so that white noise is level.", .advanced = true},
        {.key = "pad", .label = "Padding", .type = Type::Choice, .defaultValue = nameOf(padNames, d.pad), .choices = padNames,
         .help = "What lies beyond both ends: the clip mirrored (torchaudio), silence (librosa), or nothing: frames stay inside (Kaldi).",
         .advanced = true},
        {.key = "top_db", .label = "Range", .unit = "dB", .defaultValue = d.topDb, .minimum = 0, .maximum = 300,
         .help = "Values further below the clip's loudest one are cut. 0 keeps everything."},
    });
}

FrontEnd fromCompleteJson(const Json& json)
{
    const auto& schema = FrontEnd::schema();
    const auto value = [&](const char* key) { return schema.checked(key, json.at(key)); };
    FrontEnd f;
    f.kind = valueOf<FrontEnd::Kind>(kindNames, json.at("kind"));
    f.sampleRate = value("sample_rate").get<int>();
    f.clipSeconds = value("clip_seconds").get<double>();
    f.nFft = value("n_fft").get<int>();
    f.winLength = value("win_length").get<int>();
    f.hop = value("hop").get<int>();
    f.mels = value("mels").get<int>();
    f.fMin = value("f_min").get<double>();
    f.fMax = value("f_max").get<double>();
    f.window = valueOf<FrontEnd::Window>(windowNames, value("window"));
    f.melScale = valueOf<FrontEnd::MelScale>(scaleNames, value("mel_scale"));
    f.norm = valueOf<FrontEnd::Norm>(normNames, value("norm"));
    f.pad = valueOf<FrontEnd::Pad>(padNames, value("pad"));
    f.topDb = value("top_db").get<double>();
    requireAgreement(f);
    return f;
}

void requireKind(const Json& value)
{
    if (!value.is_string() || std::ranges::find(kindNames, value.get<std::string>()) == kindNames.end())
        refuse("kind is " + value.dump() + " but must be one of mel, kaldi, beats.");
}

} // namespace

const ParameterSchema& FrontEnd::schema()
{
    static const ParameterSchema schema = makeSchema();
    return schema;
}

Json FrontEnd::toJson() const
{
    return {{"kind", nameOf(kindNames, kind)},
            {"sample_rate", sampleRate},
            {"clip_seconds", clipSeconds},
            {"n_fft", nFft},
            {"win_length", winLength},
            {"hop", hop},
            {"mels", mels},
            {"f_min", fMin},
            {"f_max", fMax},
            {"window", nameOf(windowNames, window)},
            {"mel_scale", nameOf(scaleNames, melScale)},
            {"norm", nameOf(normNames, norm)},
            {"pad", nameOf(padNames, pad)},
            {"top_db", topDb}};
}

FrontEnd FrontEnd::with(const Json& changes) const
{
    if (!changes.is_object())
        refuse("A front end must be an object of keys and values, not " + changes.dump() + ".");
    Json json = toJson();
    for (const auto& [key, value] : changes.items()) {
        if (key == "kind")
            requireKind(value);
        json[key] = key == "kind" ? value : schema().checked(key, value);
    }
    if (changes.contains("n_fft") && !changes.contains("win_length") && winLength == nFft)
        json["win_length"] = json["n_fft"];
    if (changes.contains("sample_rate") && !changes.contains("f_max") && fMax == sampleRate / 2.0)
        json["f_max"] = json["sample_rate"].get<double>() / 2.0;
    return fromCompleteJson(json);
}

FrontEnd FrontEnd::with(std::string_view key, const Json& value) const
{
    Json changes = Json::object();
    changes[std::string(key)] = value;
    return with(changes);
}

FrontEnd FrontEnd::fromJson(const Json& json)
{
    const bool named = json.is_object() && json.contains("kind");
    if (named)
        requireKind(json["kind"]);
    const bool mel = !named || json["kind"] == "mel";
    return (mel ? FrontEnd() : preset(json["kind"].get<std::string>())).with(json);
}

} // namespace melscope
