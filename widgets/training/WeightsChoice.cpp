// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/WeightsChoice.h"

#include "common/Deliver.h"
#include "common/Theme.h"
#include "common/ThemedIcon.h"
#include "training/Method.h"
#include "training/WeightsDialog.h"
#include "training/WeightsText.h"

#include <QFileDialog>
#include <QGridLayout>
#include <QLabel>
#include <QToolButton>

namespace melscope {

WeightsChoice::WeightsChoice(QWidget* parent)
    : QWidget(parent), m_name(new QLabel(this)), m_text(new QLabel(this)), m_choose(new QToolButton(this)), m_inspect(new QToolButton(this)), m_clear(new QToolButton(this))
{
    auto* label = new QLabel(tr("&Weights"), this);
    label->setBuddy(m_choose);
    m_name->setObjectName(QStringLiteral("weightsName"));
    m_name->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_choose->setObjectName(QStringLiteral("chooseWeights"));
    m_choose->setIcon(themedIcon(QStringLiteral("open")));
    m_choose->setText(tr("Choose…"));
    m_choose->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_choose->setToolTip(tr("A file of pretrained weights (.pt, .pth or .safetensors) for the body of the network; its classifier is trained anew"));
    m_inspect->setObjectName(QStringLiteral("inspectWeights"));
    m_inspect->setIcon(themedIcon(QStringLiteral("info")));
    m_inspect->setAccessibleName(tr("Inspect weights"));
    m_inspect->setToolTip(tr("Inspect weights: everything that is known of a file, of any model"));
    m_clear->setObjectName(QStringLiteral("clearWeights"));
    m_clear->setIcon(themedIcon(QStringLiteral("close")));
    m_clear->setAccessibleName(tr("No weights"));
    m_clear->setToolTip(tr("No weights: nothing pretrained to start from"));
    m_text->setObjectName(QStringLiteral("weightsText"));
    m_text->setWordWrap(true);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins({});
    grid->setColumnStretch(1, 1);
    grid->addWidget(label, 0, 0);
    grid->addWidget(m_name, 0, 1);
    grid->addWidget(m_choose, 0, 2);
    grid->addWidget(m_inspect, 0, 3);
    grid->addWidget(m_clear, 0, 4);
    grid->addWidget(m_text, 1, 0, 1, 5);
    connect(m_choose, &QToolButton::clicked, this, &WeightsChoice::ask);
    connect(m_inspect, &QToolButton::clicked, this, &WeightsChoice::inspect);
    connect(m_clear, &QToolButton::clicked, this, &WeightsChoice::clear);
    connect(&Theme::instance(), &Theme::changed, this, &WeightsChoice::showChoice);
    hide();
}

const WeightsChoice::Choice* WeightsChoice::choice() const
{
    const auto found = m_choices.find(m_method);
    return found == m_choices.end() ? nullptr : &found->second;
}

void WeightsChoice::setMethod(const std::string& id)
{
    m_method = id;
    const Method* method = findMethod(id);
    setVisible(method && method->takesWeights);
    showChoice();
}

void WeightsChoice::ask()
{
    auto* dialog = new QFileDialog(this, tr("Choose pretrained weights"), QString(), tr("Weights (*.pt *.pth *.bin *.safetensors);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) { choose(std::filesystem::path(file.toStdString())); });
    dialog->open();
}

void WeightsChoice::inspect()
{
    auto* dialog = new WeightsDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
    if (const Choice* const chosen = choice())
        dialog->inspect(chosen->file);
    else
        dialog->askForFile();
}

void WeightsChoice::choose(const std::filesystem::path& file)
{
    m_choices[m_method] = {.file = file};
    showChoice();
    Q_EMIT changed();
    m_reader.request([this, file, method = m_method, deliver = Deliver(this)](std::stop_token) {
        Choice choice{.file = file};
        try {
            const WeightIdentity identity = identifyWeightFile(file);
            choice.sentence = weightsSentence(identity);
            for (const std::string& warning : identity.warnings)
                choice.warning += (choice.warning.isEmpty() ? QString() : QStringLiteral(" ")) + QString::fromStdString(warning);
            choice.weights = initialWeights(identity, file, method);
        } catch (const std::exception& error) {
            choice.error = QString::fromStdString(error.what());
        }
        deliver([this, method, choice] { found(method, choice); });
    });
}

void WeightsChoice::found(const std::string& method, Choice choice)
{
    const auto asked = m_choices.find(method);
    if (asked == m_choices.end() || asked->second.file != choice.file)
        return; // another one was chosen meanwhile
    asked->second = std::move(choice);
    showChoice();
    Q_EMIT changed();
}

void WeightsChoice::clear()
{
    m_choices.erase(m_method);
    showChoice();
    Q_EMIT changed();
}

std::optional<InitialWeights> WeightsChoice::weights() const
{
    const Choice* const chosen = choice();
    return chosen ? chosen->weights : std::nullopt;
}

QString WeightsChoice::obstacle() const
{
    const Choice* const chosen = choice();
    if (isHidden() || !chosen || chosen->weights)
        return {};
    return chosen->error.isEmpty() ? tr("The weights are being read.") : tr("The weights cannot be used; the sentence below them says why.");
}

void WeightsChoice::showChoice()
{
    const Choice* const chosen = choice();
    const Method* const method = findMethod(m_method);
    m_clear->setEnabled(chosen);
    m_name->setText(chosen ? QString::fromStdString(chosen->file.filename().string()) : method && method->needsWeights ? tr("none") : tr("none: from scratch"));
    m_name->setToolTip(chosen ? QString::fromStdString(chosen->file.string()) : QString());
    QColor colour = Theme::colours().mutedText;
    if (!chosen) {
        m_text->setText(acceptedWeightsText(m_method));
    } else if (!chosen->error.isEmpty()) {
        m_text->setText(chosen->error);
        colour = Theme::colours().error;
    } else if (!chosen->warning.isEmpty()) {
        m_text->setText(chosen->sentence + QLatin1Char(' ') + chosen->warning);
        colour = Theme::colours().warning;
    } else {
        m_text->setText(chosen->weights ? chosen->sentence : tr("Reading the file…"));
    }
    QPalette palette = m_text->palette();
    palette.setColor(QPalette::WindowText, colour);
    m_text->setPalette(palette);
}

} // namespace melscope
