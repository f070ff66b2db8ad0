// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/Help.h"

#include <algorithm>
#include <sstream>

namespace melscope::cli {
namespace {

constexpr size_t lineWidth = 100;

/// `text` broken at spaces, every line after the first indented.
std::string wrapped(const std::string& text, size_t indent)
{
    std::istringstream words(text);
    std::string result;
    size_t column = indent;
    for (std::string word; words >> word;) {
        if (column > indent && column + 1 + word.size() > lineWidth) {
            result += "\n" + std::string(indent, ' ');
            column = indent;
        } else if (column > indent) {
            result += " ";
            ++column;
        }
        result += word;
        column += word.size();
    }
    return result;
}

std::string row(const std::string& left, const std::string& right, size_t column)
{
    const std::string gap = left.size() + 4 > column ? "\n" + std::string(column, ' ') : std::string(column - left.size() - 2, ' ');
    return "  " + left + gap + wrapped(right, column) + "\n";
}

std::string signature(const Command& command)
{
    return command.operands.empty() ? command.name : command.name + " " + command.operands;
}

} // namespace

std::string helpOverview(const std::vector<Command>& commands)
{
    std::string text = "Melscope: look at, listen to and learn from sound clips.\n\n"
                       "Usage:\n"
                       "  melscope [DATASET] [--runs DIR]  open the window, with a folder or CSV file of clips and the runs in DIR\n"
                       "  melscope COMMAND [OPTION...]     do what the buttons do, without a window\n\nCommands:\n";
    for (const Command& command : commands)
        text += row(signature(command), command.summary, 32);
    text += "\nmelscope COMMAND --help explains one command, melscope --version names the version.\n"
            "Exit status: 0 done, 1 failed, 2 wrong usage, 130 interrupted with everything saved.";
    return text;
}

std::string helpFor(const Command& command)
{
    std::string text = "Usage: melscope " + signature(command) + " [OPTION...]\n\n";
    std::istringstream paragraphs(command.summary + ".\n" + command.details);
    for (std::string paragraph; std::getline(paragraphs, paragraph);)
        text += wrapped(paragraph, 0) + "\n";
    text += "\nOptions:\n";
    for (const Option& option : command.options)
        text += row("--" + option.name + (option.value.empty() ? "" : " " + option.value), option.help, 28);
    if (!command.examples.empty())
        text += "\nExamples:\n";
    for (const std::string& example : command.examples)
        text += "  " + example + "\n";
    text.pop_back();
    return text;
}

} // namespace melscope::cli
