// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens/FigureSaver.h"

#include "base/Files.h"
#include "common/Deliver.h"
#include "tokens/SavableFigure.h"

#include <QFileDialog>

namespace melscope {

void FigureSaver::ask(const SavableFigure& figure, QWidget* parent)
{
    const QString path = QFileDialog::getSaveFileName(parent, tr("Save the figure"), figure.title() + QStringLiteral(".png"),
                                                      tr("PNG (*.png);;SVG (*.svg);;PDF (*.pdf);;CSV (*.csv)"));
    if (!path.isEmpty())
        save(figure, path);
}

void FigureSaver::save(const SavableFigure& figure, const QString& path)
{
    if (figure.isEmpty())
        Q_EMIT saved(path, tr("There is nothing to save yet."));
    else if (path.endsWith(QLatin1String(".csv"), Qt::CaseInsensitive))
        write(path, figure.csv());
    else
        Q_EMIT saved(path, figure.savePicture(path));
}

void FigureSaver::write(const QString& path, std::function<std::string()> text)
{
    m_writing.add([this, path, text = std::move(text), deliver = Deliver(this)](std::stop_token) {
        QString failure;
        try {
            writeFileAtomically(path.toStdString(), text());
        } catch (const std::exception& error) {
            failure = QString::fromUtf8(error.what());
        }
        deliver([this, path, failure] { Q_EMIT saved(path, failure); });
    });
}

} // namespace melscope
