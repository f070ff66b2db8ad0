// SPDX-License-Identifier: GPL-3.0-or-later
#include "augment/ChainDocument.h"

#include <QScopedValueRollback>
#include <QUndoCommand>

#include <algorithm>

namespace melscope {
namespace {

constexpr int mostSteps = 500;

QString titleOf(const ChainEntry& entry)
{
    return QString::fromStdString(entry.info->title);
}

} // namespace

class ChainDocument::Step : public QUndoCommand
{
public:
    Step(ChainDocument& document, const AugmentationChain& after, const QString& text, const Goal& goal)
        : QUndoCommand(text), m_document(document), m_before(document.m_chain), m_after(after), m_placeBefore(document.m_place), m_goal(goal)
    {
        if (goal.base)
            m_baseBefore = document.m_base;
    }

    void undo() override { m_document.apply(m_before, m_placeBefore, m_baseBefore ? &*m_baseBefore : nullptr); }
    void redo() override { m_document.apply(m_after, m_goal.place, m_goal.base ? &*m_goal.base : nullptr); }
    int id() const override { return m_goal.gesture.isEmpty() ? -1 : 1; }

    bool mergeWith(const QUndoCommand* later) override
    {
        const auto* other = static_cast<const Step*>(later);
        if (other->m_goal.gesture != m_goal.gesture)
            return false;
        m_after = other->m_after;
        return true;
    }

private:
    ChainDocument& m_document;
    AugmentationChain m_before, m_after;
    ChainPlace m_placeBefore;
    Goal m_goal;
    std::optional<NamedChain> m_baseBefore;
};

ChainDocument::ChainDocument(QObject* parent) : QObject(parent)
{
    m_history.setUndoLimit(mostSteps);
}

ChainDocument::~ChainDocument() = default;

const ChainEntry* ChainDocument::entryAt(const ChainPlace& place) const
{
    const Entries& all = m_chain.entries(place.stage);
    return place.isEntry() && place.index() < all.size() ? &all[place.index()] : nullptr;
}

void ChainDocument::setPlace(const ChainPlace& place)
{
    if (!m_applying)
        m_place = place;
}

void ChainDocument::open(const NamedChain& named)
{
    push(named.chain, tr("open %1").arg(QString::fromStdString(named.title)), {.place = {}, .base = named});
}

void ChainDocument::revert()
{
    push(m_base.chain, tr("reset"), {.place = {}});
}

void ChainDocument::markSaved(const NamedChain& named)
{
    m_base = named;
    Q_EMIT baseChanged();
}

void ChainDocument::insert(const ChainEntry& entry, const ChainPlace& place)
{
    Entries all = entries(place.stage);
    const int row = std::clamp(place.row, 0, static_cast<int>(all.size()));
    all.insert(all.begin() + row, entry);
    replace(place.stage, all, row, tr("add %1").arg(titleOf(entry)));
}

void ChainDocument::remove(const ChainPlace& place)
{
    const ChainEntry* entry = entryAt(place);
    if (!entry)
        return;
    const QString text = tr("remove %1").arg(titleOf(*entry));
    Entries all = entries(place.stage);
    all.erase(all.begin() + place.row);
    replace(place.stage, all, std::min(place.row, static_cast<int>(all.size()) - 1), text);
}

void ChainDocument::duplicate(const ChainPlace& place)
{
    const ChainEntry* entry = entryAt(place);
    if (!entry)
        return;
    const QString text = tr("duplicate %1").arg(titleOf(*entry));
    Entries all = entries(place.stage);
    all.insert(all.begin() + place.row + 1, *entry);
    replace(place.stage, all, place.row + 1, text);
}

void ChainDocument::move(const ChainPlace& place, int row)
{
    const ChainEntry* entry = entryAt(place);
    Entries all = entries(place.stage);
    if (!entry || row < 0 || row >= static_cast<int>(all.size()) || row == place.row)
        return;
    const QString text = tr("move %1").arg(titleOf(*entry));
    const auto from = all.begin() + place.row;
    if (row > place.row)
        std::rotate(from, from + 1, all.begin() + row + 1);
    else
        std::rotate(all.begin() + row, from, from + 1);
    replace(place.stage, all, row, text);
}

void ChainDocument::setEnabled(const ChainPlace& place, bool enabled)
{
    const ChainEntry* entry = entryAt(place);
    if (!entry || entry->enabled == enabled)
        return;
    push(m_chain.withEnabled(place.stage, place.index(), enabled), (enabled ? tr("tick %1") : tr("untick %1")).arg(titleOf(*entry)),
         {.place = place});
}

void ChainDocument::setValues(const ChainPlace& place, const Json& values, double probability, const std::string& key)
{
    const ChainEntry* entry = entryAt(place);
    if (!entry)
        return;
    ChainEntry changed = ChainEntry::make(*entry->info, values, probability);
    changed.enabled = entry->enabled;
    if (changed.values == entry->values && changed.probability == entry->probability)
        return;
    Entries all = entries(place.stage);
    const QString gesture = QStringLiteral("%1 %2 %3 %4").arg(m_gesture).arg(static_cast<int>(place.stage)).arg(place.row).arg(QString::fromStdString(key));
    const QString text = tr("change %1").arg(titleOf(changed));
    all[place.index()] = std::move(changed);
    replace(place.stage, std::move(all), place.row, text, gesture);
}

void ChainDocument::replace(AugmentationStage stage, Entries entries, int row, const QString& text, const QString& gesture)
{
    push(m_chain.withEntries(stage, std::move(entries)), text, {.place = {stage, row}, .gesture = gesture});
}

void ChainDocument::push(const AugmentationChain& chain, const QString& text, const Goal& goal)
{
    if (!(chain == m_chain) || goal.base)
        m_history.push(new Step(*this, chain, text, goal));
}

void ChainDocument::apply(const AugmentationChain& chain, const ChainPlace& place, const NamedChain* base)
{
    const bool changes = !(chain == m_chain);
    m_chain = chain;
    m_place = place;
    if (base)
        m_base = *base;
    {
        // Lines that come and go move the view's current one about.
        const QScopedValueRollback applying(m_applying, true);
        if (changes)
            Q_EMIT chainChanged();
    }
    if (base)
        Q_EMIT baseChanged();
    Q_EMIT acted(place);
}

} // namespace melscope
