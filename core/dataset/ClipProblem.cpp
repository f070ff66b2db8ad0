// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset/ClipProblem.h"

namespace melscope {
namespace {

Problem::Kind kindOf(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Missing: return Problem::Kind::Missing;
    case ErrorKind::Empty: return Problem::Kind::Empty;
    case ErrorKind::Truncated: return Problem::Kind::Truncated;
    case ErrorKind::Format: return Problem::Kind::NotAudio;
    default: return Problem::Kind::Unreadable;
    }
}

std::string consequenceOf(Problem::Kind kind)
{
    switch (kind) {
    case Problem::Kind::Missing: return "is no longer on disk; the clip cannot be used.";
    case Problem::Kind::Empty: return "holds no sound; the clip cannot be used.";
    case Problem::Kind::NotAudio: return "is not a sound file that can be decoded; the clip cannot be used.";
    default: return "cannot be read; the clip cannot be used.";
    }
}

} // namespace

Problem problemOf(const Clip& clip, const Error& error)
{
    const Problem::Kind kind = kindOf(error.kind());
    return {kind, clip.path, clip.name + " " + consequenceOf(kind) + " (" + error.what() + ")", true};
}

Problem truncatedProblem(const Clip& clip, SampleIndex present, SampleIndex promised)
{
    return {Problem::Kind::Truncated, clip.path,
            clip.name + " ends after " + std::to_string(present) + " samples, though its header promises "
                + std::to_string(promised) + "; what is there is used.",
            false};
}

} // namespace melscope
