// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/WeightsDialog.h"

#include "base/Files.h"
#include "common/Deliver.h"
#include "common/Theme.h"
#include "training/WeightsText.h"

#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>

namespace melscope {

WeightsDialog::WeightsDialog(QWidget* parent) : QDialog(parent), m_message(new QLabel(this)), m_area(new QScrollArea(this))
{
    setWindowTitle(tr("Inspect weights"));
    m_message->setObjectName(QStringLiteral("message"));
    m_message->setWordWrap(true);
    m_message->setText(tr("Choose a file of weights: PyTorch's .pt, .pth or .bin, or .safetensors. Nothing in it is executed."));
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    QPushButton* choose = buttons->addButton(tr("&Choose a file…"), QDialogButtonBox::ActionRole);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_message);
    layout->addWidget(m_area, 1);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(choose, &QPushButton::clicked, this, &WeightsDialog::askForFile);
    const int unit = fontMetrics().height();
    resize(unit * 50, unit * 28);
}

void WeightsDialog::askForFile()
{
    auto* dialog = new QFileDialog(this, tr("Inspect weights"), QString(), tr("Weights (*.pt *.pth *.bin *.safetensors);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) { inspect(std::filesystem::path(file.toStdString())); });
    dialog->open();
}

void WeightsDialog::clear()
{
    auto* content = new QWidget(m_area);
    m_rows = new QFormLayout(content);
    m_rows->setRowWrapPolicy(QFormLayout::DontWrapRows);
    m_area->setWidget(content); // deletes the one before
}

void WeightsDialog::inspect(const std::filesystem::path& file)
{
    clear();
    m_message->setText(tr("Reading %1…").arg(QString::fromStdString(file.string())));
    m_reader.request([this, file, deliver = Deliver(this)](std::stop_token) {
        std::vector<std::pair<QString, QString>> rows;
        QString message;
        try {
            const WeightFile read = readWeightFile(file, WeightNumbers::CheckOnly);
            const WeightIdentity identity = identifyWeights(read, file, sha256OfFile(file));
            rows = weightsRows(read, identity, file);
            message = weightsSentence(identity);
        } catch (const std::exception& error) {
            message = QString::fromStdString(error.what());
        }
        deliver([this, rows, message] {
            clear();
            m_message->setText(message);
            for (const auto& [name, text] : rows) {
                auto* label = new QLabel(text);
                label->setTextFormat(Qt::PlainText);
                label->setWordWrap(true);
                label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
                m_rows->addRow(name, label);
            }
            // A SHA-256 cannot be broken into lines; a hostile file's words could go on for ever.
            const int whole = m_area->widget()->minimumSizeHint().width() + style()->pixelMetric(QStyle::PM_ScrollBarExtent) + 8;
            m_area->setMinimumWidth(std::min(whole, fontMetrics().height() * 60));
            Q_EMIT inspected();
        });
    });
}

} // namespace melscope
