// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/RunNames.h"

#include <array>
#include <random>
#include <string_view>

namespace melscope {
namespace {

constexpr std::string_view letters = "23456789abcdefghjkmnpqrstuvwxyz";

constexpr std::array<std::string_view, 48> adjectives{
    "amber",  "bold",   "brisk",  "bright", "calm",   "clear",  "coral",  "crisp",  "deep",   "dusky",  "eager",  "early",
    "fair",   "fleet",  "gentle", "glad",   "golden", "grand",  "green",  "happy",  "hazy",   "humble", "ivory",  "jolly",
    "keen",   "kind",   "light",  "lively", "lucid",  "mellow", "misty",  "noble",  "pale",   "patient", "plain", "proud",
    "quick",  "quiet",  "rapid",  "round",  "silver", "smooth", "snowy",  "steady", "sunny",  "tidy",   "vivid",  "warm"};

constexpr std::array<std::string_view, 48> nouns{
    "alder",  "badger", "beacon", "birch",  "brook",  "canyon", "cedar",  "chime",  "cicada", "cliff",  "comet",  "cricket",
    "curlew", "dune",   "egret",  "ember",  "fern",   "finch",  "fjord",  "gale",   "harbor", "heron",  "island", "jackdaw",
    "juniper", "kestrel", "lagoon", "lark",  "linnet", "maple",  "marsh",  "meadow", "otter",  "owl",    "pebble", "pine",
    "plover", "quartz", "raven",  "reed",   "ridge",  "river",  "robin",  "spruce", "swift",  "thicket", "thrush", "wren"};

std::mt19937_64& generator()
{
    // Names need not be reproducible; they must differ between processes that start at the same moment.
    thread_local std::mt19937_64 engine{(uint64_t{std::random_device{}()} << 32) ^ std::random_device{}()};
    return engine;
}

size_t below(size_t count)
{
    return std::uniform_int_distribution<size_t>(0, count - 1)(generator());
}

} // namespace

std::string randomRunId()
{
    std::string id;
    for (int i = 0; i < 8; ++i)
        id += letters[below(letters.size())];
    return id;
}

std::string randomRunName(const std::function<bool(const std::string&)>& taken)
{
    for (size_t largest = 99;; largest *= 2) { // wider and wider, so that even a crowded store ends the search
        const std::string name = std::string(adjectives[below(adjectives.size())]) + '-'
                                 + std::string(nouns[below(nouns.size())]) + '-' + std::to_string(1 + below(largest));
        if (!taken(name))
            return name;
    }
}

} // namespace melscope
