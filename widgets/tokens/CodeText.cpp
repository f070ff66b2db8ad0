// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/CodeText.h"

#include "common/Figures.h"

#include <QCoreApplication>

namespace melscope {

QString codeSentence(const LoadedTokens& tokens, int code)
{
    const auto text = [](const char* sentence) { return QCoreApplication::translate("CodeText", sentence); };
    const DominantClass& dominant = tokens.dominant[static_cast<size_t>(code)];
    if (dominant.label < 0)
        return text("Code %1: never used").arg(code);
    return text("Code %1: %L2 tokens, %3 of them in %4").arg(code).arg(tokens.statistics->usage[static_cast<size_t>(code)])
        .arg(percentText(dominant.share), QString::fromStdString(tokens.set->classes[static_cast<size_t>(dominant.label)]));
}

QString noCodebookText()
{
    return QCoreApplication::translate("CodeText", "No codebook yet: fit one on the left, or take one, and its codes are here.");
}

bool isSameRound(const RunCodebook& one, const RunCodebook& other)
{
    return one.run == other.run && one.fold == other.fold && one.round == other.round;
}

QString roundText(const RunCodebook& codebook)
{
    return QCoreApplication::translate("CodeText", "%1, fold %2, round %3").arg(QString::fromStdString(codebook.runName)).arg(codebook.fold).arg(codebook.round);
}

} // namespace melscope
