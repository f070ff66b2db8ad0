// SPDX-License-Identifier: GPL-3.0-or-later
#include "CheatSheet.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace melscope {

CheatSheet::CheatSheet(QWidget* parent) : QDialog(parent)
{
    setWindowTitle(tr("Keyboard"));
    const std::pair<QString, QString> keys[] = {
        {tr("Space"), tr("Play or pause the clip")},
        {tr("L"), tr("Loop the selection, or the whole clip")},
        {tr("N · P"), tr("Next and previous clip")},
        {tr("F"), tr("Fit the whole clip into the view")},
        {tr("Ctrl++ · Ctrl+−"), tr("Zoom in and out in time (also Ctrl + wheel)")},
        {tr("M"), tr("Model's-eye view: exactly what the network gets")},
        {tr("X"), tr("Augment: flip between before and after while listening")},
        {tr("R"), tr("Augment: another seed")},
        {tr(", · ."), tr("Augment: previous and next draw (epoch)")},
        {tr("Tab"), tr("Results, listening to mistakes: flip to the nearest training clip")},
        {tr("1 · 2 · 3"), tr("Results, listening to mistakes: model wrong, label wrong, both plausible")},
        {tr("Ctrl+F"), tr("Search the clips")},
        {tr("Ctrl+1"), tr("Explore: clips, waveform, spectrogram")},
        {tr("Ctrl+2"), tr("Augment: see and hear what training will get")},
        {tr("Ctrl+3"), tr("Train: recipes, queue, live curves")},
        {tr("Ctrl+4"), tr("Tokens: what a codebook learned")},
        {tr("Ctrl+5"), tr("Results: accuracy table, confusion matrix")},
        {tr("Ctrl+O"), tr("Open a folder of clips")},
        {tr("Ctrl+S"), tr("Save the spectrogram")},
        {tr("?"), tr("This page")},
    };
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(fontMetrics().horizontalAdvance(QLatin1Char('M')) * 2);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const auto& [key, meaning] : keys) {
        auto* name = new QLabel(QStringLiteral("<b>%1</b>").arg(key.toHtmlEscaped()));
        grid->addWidget(name, row, 0, Qt::AlignRight);
        grid->addWidget(new QLabel(meaning), row++, 1);
    }
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(grid);
    layout->addWidget(buttons);
}

} // namespace melscope
