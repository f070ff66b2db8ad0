// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/figures/ConfusionFigure.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace melscope {

std::string confusionFigure(const ConfusionMatrix& matrix, double size, const FigureStyle& style)
{
    SvgCanvas canvas(size, size, style, "Confusion matrix");
    const auto classes = static_cast<double>(matrix.counts.size());
    double widest = 0.0;
    const double letters = std::clamp(size / std::max(classes, 1.0) / 2.6, 5.0, 11.0);
    for (const std::string& name : matrix.classes)
        widest = std::max(widest, textWidth(name, letters));
    const double space = std::min(widest, size / 3) + 24, cell = (size - space - 4) / std::max(classes, 1.0);
    canvas.text(space + cell * classes / 2, 12, "taken for", TextAnchor::Middle, style.muted, 10);
    canvas.upwards(12, space + cell * classes / 2, "is", TextAnchor::Middle, style.muted, 10);
    for (size_t label = 0; label < matrix.counts.size(); ++label) {
        const auto& row = matrix.counts[label];
        const int total = std::accumulate(row.begin(), row.end(), 0);
        const double y = space + cell * static_cast<double>(label);
        const std::string name = elided(matrix.classes[label], space - 24, letters);
        canvas.text(space - 5, y + cell / 2 + letters / 3, name, TextAnchor::End, style.text, letters);
        canvas.upwards(y + cell / 2 + letters / 3, space - 5, name, TextAnchor::Start, style.text, letters);
        for (size_t predicted = 0; predicted < row.size(); ++predicted) {
            const double x = space + cell * static_cast<double>(predicted);
            canvas.rectangle(x, y, cell - 1, cell - 1, style.grid, 0.35);
            if (row[predicted] == 0)
                continue;
            const double share = static_cast<double>(row[predicted]) / total;
            canvas.rectangle(x, y, cell - 1, cell - 1, label == predicted ? style.accent : style.error, 0.2 + 0.6 * std::sqrt(share));
            if (cell > letters * 1.2)
                canvas.text(x + cell / 2, y + cell / 2 + letters / 3, std::to_string(row[predicted]), TextAnchor::Middle, style.text, letters);
        }
    }
    return canvas.finished();
}

} // namespace melscope
