// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationChain.h"
#include "augment/ChainPlace.h"

#include <QScrollArea>

#include <optional>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace melscope {

class ChainDocument;
class ParameterForm;

/// What belongs to the current line of a chain: an augmentation's help, probability and values, edited live; of a heading
/// where its stage acts and why others cannot stand there.
class EntryPanel : public QScrollArea
{
    Q_OBJECT

public:
    explicit EntryPanel(ChainDocument& document, QWidget* parent = nullptr);

    ParameterForm* form() const { return m_form; } ///< nullptr at a heading

Q_SIGNALS:
    void addRequested();

public Q_SLOTS:
    void follow(); ///< the document's place or chain is another

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void showEntry(const ChainEntry& entry);
    void showStage(AugmentationStage stage);
    void buildForm(const AugmentationInfo& info);
    void take(const QString& key);

    ChainDocument& m_document;
    const AugmentationInfo* m_info = nullptr; ///< of the form
    ChainPlace m_place;
    Json m_values;                            ///< of the document when the form showed them last
    QLabel* m_title;
    QLabel* m_help;
    QPushButton* m_add;
    QVBoxLayout* m_column;
    ParameterForm* m_form = nullptr;
};

} // namespace melscope
