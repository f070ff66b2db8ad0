// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/Verdict.h"

#include "base/CsvText.h"
#include "base/Error.h"

namespace melscope {

const char* toString(Verdict verdict)
{
    switch (verdict) {
    case Verdict::ModelWrong: return "model wrong";
    case Verdict::LabelWrong: return "label wrong";
    case Verdict::BothPlausible: return "both plausible";
    case Verdict::None: break;
    }
    return "";
}

Verdict verdictFrom(const std::string& text)
{
    for (const Verdict verdict : {Verdict::None, Verdict::ModelWrong, Verdict::LabelWrong, Verdict::BothPlausible})
        if (text == toString(verdict))
            return verdict;
    throw Error(ErrorKind::Format, "\"" + text + "\" is no verdict; there are: model wrong, label wrong, both plausible.");
}

VerdictMap byClip(const std::vector<ClipVerdict>& verdicts)
{
    VerdictMap map;
    for (const ClipVerdict& verdict : verdicts)
        map[{verdict.clip, verdict.predicted}] = verdict.verdict;
    return map;
}

std::string verdictsCsv(const std::vector<ClipVerdict>& verdicts)
{
    std::string text = "clip,label,predicted,verdict,given_at\n";
    for (const ClipVerdict& verdict : verdicts)
        text += csvCell(verdict.clip) + ',' + csvCell(verdict.label) + ',' + csvCell(verdict.predicted) + ',' + csvCell(toString(verdict.verdict))
                + ',' + csvCell(verdict.givenAt) + '\n';
    return text;
}

} // namespace melscope
