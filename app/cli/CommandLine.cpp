// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/CommandLine.h"

#include "base/Error.h"
#include "base/NearestWord.h"
#include "cli/Commands.h"
#include "cli/Help.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

namespace melscope::cli {
namespace {

bool asksForHelp(const std::vector<std::string>& words)
{
    return std::any_of(words.begin(), words.end(), [](const std::string& word) { return word == "--help" || word == "-h"; });
}

std::string secondWords(const std::vector<Command>& all, const std::string& first)
{
    std::string list;
    for (const Command& command : all)
        if (command.name.starts_with(first + " "))
            list += (list.empty() ? "" : ", ") + command.name.substr(first.size() + 1);
    return list;
}

/// Two words where the second belongs to the name ("runs list"), else one; nullptr for neither.
const Command* commandNamed(const std::vector<Command>& all, const std::vector<std::string>& words, size_t& used)
{
    for (used = std::min<size_t>(2, words.size()); used > 0; --used) {
        const std::string name = used == 2 ? words[0] + " " + words[1] : words[0];
        const auto found = std::find_if(all.begin(), all.end(), [&](const Command& command) { return command.name == name; });
        if (found != all.end())
            return &*found;
    }
    return nullptr;
}

int execute(const Command& command, const std::vector<std::string>& words)
{
    Output plain(false);
    try {
        const Arguments arguments = Arguments::parse(command, words);
        Output output(arguments.has("json"));
        return command.run(arguments, output);
    } catch (const UsageError& error) {
        plain.message(std::string(error.what()) + " See melscope " + command.name + " --help.");
        return WrongUsage;
    } catch (const Error& error) {
        plain.message(error.what());
        return error.kind() == ErrorKind::Cancelled ? Interrupted : Failed;
    } catch (const std::exception& error) {
        plain.message("melscope " + command.name + " failed: " + error.what() + ".");
        return Failed;
    }
}

int refuse(const std::vector<Command>& all, const std::string& first)
{
    Output plain(false);
    if (const std::string second = secondWords(all, first); !second.empty()) {
        plain.message("melscope " + first + " needs one of: " + second + ". See melscope --help.");
        return WrongUsage;
    }
    std::vector<std::string> names;
    for (const Command& command : all)
        names.push_back(command.name.substr(0, command.name.find(' ')));
    const std::string suggestion = nearestWord(first, names, 3);
    plain.message("There is no command and no dataset \"" + first + "\""
                  + (suggestion.empty() ? std::string(".") : "; did you mean " + suggestion + "?") + " See melscope --help.");
    return WrongUsage;
}

/// Options are --runs and Qt's own (-platform, -style); anything that exists on disk may be a dataset.
bool meansWindow(const std::vector<std::string>& words)
{
    std::error_code failure;
    return words.empty() || words.front().starts_with("--runs") || (words.front().starts_with("-") && !words.front().starts_with("--"))
        || std::filesystem::exists(words.front(), failure);
}

bool hasScreen()
{
    const auto set = [](const char* name) { const char* value = std::getenv(name); return value && *value; };
    return set("DISPLAY") || set("WAYLAND_DISPLAY") || set("QT_QPA_PLATFORM");
}

int openWindow(int argc, char** argv, const WindowEntry& window)
{
    if (hasScreen() || (argc > 2 && std::string(argv[1]) == "-platform"))
        return window.openWindow(argc, argv);
    Output(false).message("There is no screen to open the window on; `melscope --help` lists the commands that need none.");
    return Failed;
}

} // namespace

int run(int argc, char** argv, const WindowEntry& window)
{
    const std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
    const std::vector<Command> all = commands([&](bool json) -> int {
        if (hasScreen())
            return window.benchUi(argc, argv, json);
        Output(false).message("There is no screen to measure the window on; set QT_QPA_PLATFORM=offscreen to do without.");
        return Failed;
    });
    Output output(false);
    size_t used = 0;
    if (const Command* command = commandNamed(all, words, used)) {
        const std::vector<std::string> rest(words.begin() + static_cast<std::ptrdiff_t>(used), words.end());
        if (!asksForHelp(rest))
            return execute(*command, rest);
        output.text(helpFor(*command));
        return Done;
    }
    if (!words.empty() && (words.front() == "--help" || words.front() == "-h" || words.front() == "help")) {
        output.text(helpOverview(all));
        return Done;
    }
    if (!words.empty() && words.front() == "--version") {
        output.text("melscope " MELSCOPE_VERSION);
        return Done;
    }
    if (asksForHelp(words) && !secondWords(all, words.front()).empty()) {
        for (const Command& group : all)
            if (group.name.starts_with(words.front() + " "))
                output.text(helpFor(group));
        return Done;
    }
    return meansWindow(words) ? openWindow(argc, argv, window) : refuse(all, words.front());
}

} // namespace melscope::cli
