// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/AccuracyLatex.h"

#include "runs/AccuracyCells.h"

#include <array>
#include <utility>

namespace melscope {
namespace {

constexpr std::array columns{AccuracyCellId::Method, AccuracyCellId::Recipe, AccuracyCellId::Accuracy, AccuracyCellId::Wilson,
                             AccuracyCellId::Clips, AccuracyCellId::Folds, AccuracyCellId::Tta, AccuracyCellId::MacroF1,
                             AccuracyCellId::Difference, AccuracyCellId::Published};

bool isText(AccuracyCellId id)
{
    return id == AccuracyCellId::Method || id == AccuracyCellId::Recipe;
}

std::string titleOf(AccuracyCellId id)
{
    for (const AccuracyColumn& column : accuracyColumns())
        if (column.id == id)
            return column.title;
    return {};
}

/// What was changed in recipes stands below the table: a cell has no room for a dozen values.
class Notes
{
public:
    std::string recipe(const AccuracyRow& row)
    {
        if (row.recipeChanges.empty())
            return latexEscaped(accuracyCell(row, AccuracyCellId::Recipe));
        const std::string mark = "$^{" + std::to_string(++m_count) + "}$";
        m_text += "\\par " + mark + " Changed: " + latexEscaped(row.recipeChanges) + "\n";
        return latexEscaped(recipeInBrief(row)) + mark;
    }

    std::string text() const { return m_count > 0 ? "\\par\\smallskip\\footnotesize\\raggedright\n" + m_text : std::string(); }

private:
    int m_count = 0;
    std::string m_text;
};

/// The baseline's sentence for the caption, where there is something to compare with it.
std::string baselineText(const std::vector<AccuracyRow>& rows)
{
    for (const AccuracyRow& row : rows)
        if (row.isBaseline)
            return " Differences are to " + row.title + " (" + recipeInBrief(row) + ") on the clips both predicted, in points, with McNemar's exact two-sided p.";
    return {};
}

} // namespace

std::string latexEscaped(const std::string& utf8)
{
    static const std::array<std::pair<std::string, std::string>, 15> replacements{{
        {"\\", "\\textbackslash{}"}, {"&", "\\&"}, {"%", "\\%"}, {"$", "\\$"}, {"#", "\\#"}, {"_", "\\_"}, {"{", "\\{"}, {"}", "\\}"},
        {"~", "\\textasciitilde{}"}, {"^", "\\textasciicircum{}"}, {"<", "$<$"}, {"–", "--"}, {"±", "$\\pm$"}, {"−", "$-$"}, {"`", "\\textasciigrave{}"}}};
    std::string result;
    for (size_t at = 0; at < utf8.size();) {
        bool replaced = false;
        for (const auto& [from, to] : replacements)
            if (utf8.compare(at, from.size(), from) == 0) {
                result += to;
                at += from.size();
                replaced = true;
                break;
            }
        if (!replaced)
            result += utf8[at++];
    }
    return result;
}

std::string toLatex(const std::vector<AccuracyRow>& rows)
{
    Notes notes;
    std::string text = "% \\usepackage{booktabs,graphicx}\n\\begin{table}\n\\centering\n\\caption{" + latexEscaped(accuracyHeading(rows) + baselineText(rows))
                       + "}\n\\resizebox{\\textwidth}{!}{%\n\\begin{tabular}{";
    for (const AccuracyCellId id : columns)
        text += isText(id) ? 'l' : 'r';
    text += "}\n\\toprule\n";
    for (const AccuracyCellId id : columns)
        text += (id == columns.front() ? "" : " & ") + latexEscaped(titleOf(id));
    text += " \\\\\n\\midrule\n";
    for (const AccuracyRow& row : rows) {
        for (const AccuracyCellId id : columns)
            text += (id == columns.front() ? "" : " & ") + (id == AccuracyCellId::Recipe ? notes.recipe(row) : latexEscaped(accuracyCell(row, id)));
        text += " \\\\\n";
    }
    return text + "\\bottomrule\n\\end{tabular}}\n" + notes.text() + "\\end{table}\n";
}

} // namespace melscope
