// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/Engine.h"

#include "base/Error.h"

#include <dlfcn.h>

#include <cstdlib>
#include <mutex>

namespace melscope {
namespace {

namespace fs = std::filesystem;

constexpr const char* libraryName = "libmelscope_engine.so";

std::vector<fs::path> candidates()
{
    if (const char* named = std::getenv("MELSCOPE_ENGINE"); named && *named)
        return {named};
    std::error_code failure;
    const fs::path folder = fs::read_symlink("/proc/self/exe", failure).parent_path();
    return {folder / libraryName, folder.parent_path() / libraryName, folder.parent_path() / MELSCOPE_LIBRARY_FOLDER / "melscope" / libraryName};
}

std::shared_ptr<Engine> load()
{
    const std::vector<fs::path> places = candidates();
    std::error_code failure;
    for (const fs::path& place : places) {
        if (!fs::exists(place, failure))
            continue;
        // RTLD_LOCAL: Debian's libtorch pulls in Qt 5 and OpenCV, whose names must not meet those of this program.
        void* library = dlopen(place.c_str(), RTLD_NOW | RTLD_LOCAL);
        if (!library)
            throw Error(ErrorKind::Unsupported, "The training engine " + place.string() + " cannot be loaded: " + dlerror()
                        + ". Check that libtorch is installed.", place);
        const auto create = reinterpret_cast<Engine* (*)()>(dlsym(library, "melscope_create_engine"));
        if (!create)
            throw Error(ErrorKind::Unsupported, place.string() + " is not a training engine of this version of Melscope.", place);
        return std::shared_ptr<Engine>(create());
    }
    throw Error(ErrorKind::Missing, "The training engine was not found at " + places.front().string()
                + "; build it with libtorch installed, or name it in the environment variable MELSCOPE_ENGINE.", places.front());
}

} // namespace

std::shared_ptr<Engine> loadEngine()
{
    static std::mutex mutex; // protects the pointer below
    // Never destroyed: libtorch's own globals may be gone before ours at exit.
    static auto* const engine = new std::shared_ptr<Engine>;
    const std::scoped_lock lock(mutex);
    if (!*engine)
        *engine = load();
    return *engine;
}

} // namespace melscope
