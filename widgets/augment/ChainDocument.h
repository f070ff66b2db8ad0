// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/ChainPlace.h"
#include "augment/NamedChain.h"

#include <QObject>
#include <QUndoStack>

#include <optional>

namespace melscope {

/// A chain that is being edited: each change is one step that can be undone. GUI thread.
class ChainDocument : public QObject
{
    Q_OBJECT

public:
    explicit ChainDocument(QObject* parent = nullptr);
    ~ChainDocument() override;

    const AugmentationChain& chain() const { return m_chain; }
    const NamedChain& base() const { return m_base; } ///< as it was opened or saved last
    bool isModified() const { return !(m_chain == m_base.chain); }
    QUndoStack& history() { return m_history; }

    /// The line that the user is at; a step undone leads back to where it was made.
    const ChainPlace& place() const { return m_place; }
    void setPlace(const ChainPlace& place); ///< without effect while a step is being made: it leads elsewhere
    const ChainEntry* entryAt(const ChainPlace& place) const; ///< nullptr for a heading or a line that is not there

    void open(const NamedChain& named);         ///< a step as well
    void revert();                              ///< to base()
    void markSaved(const NamedChain& named);    ///< no step: base() is what was saved now

    void insert(const ChainEntry& entry, const ChainPlace& place); ///< before the entry that stands there
    void remove(const ChainPlace& place);
    void duplicate(const ChainPlace& place);
    void move(const ChainPlace& place, int row); ///< to this row of the same stage, counted without the moved entry
    void setEnabled(const ChainPlace& place, bool enabled);
    /// Steps that change the same key in a row are one step, until endGesture() or another step. Throws Error where the
    /// values contradict each other; nothing changes then.
    void setValues(const ChainPlace& place, const Json& values, double probability, const std::string& key);
    void endGesture() { ++m_gesture; }

Q_SIGNALS:
    void chainChanged();
    void baseChanged();
    void acted(const melscope::ChainPlace& place); ///< after chainChanged(): where the step leads

private:
    class Step;
    using Entries = std::vector<ChainEntry>;
    struct Goal
    {
        ChainPlace place;
        QString gesture; ///< empty: never one step with another
        std::optional<NamedChain> base;
    };

    Entries entries(AugmentationStage stage) const { return m_chain.entries(stage); }
    void replace(AugmentationStage stage, Entries entries, int row, const QString& text, const QString& gesture = {});
    void push(const AugmentationChain& chain, const QString& text, const Goal& goal);
    void apply(const AugmentationChain& chain, const ChainPlace& place, const NamedChain* base);

    AugmentationChain m_chain;
    NamedChain m_base;
    ChainPlace m_place;
    bool m_applying = false;
    int m_gesture = 0;
    QUndoStack m_history;
};

} // namespace melscope
