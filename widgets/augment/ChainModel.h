// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "augment/AugmentationChain.h"
#include "augment/ChainPlace.h"

#include <QAbstractItemModel>

#include <optional>

namespace melscope {

class ChainDocument;

/// A document's chain as a tree: the three stages, below each its augmentations. Ticking and dropping edit the document; an
/// augmentation can be dropped only into its own stage.
class ChainModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Role {
        SummaryRole = Qt::UserRole, ///< second line: values, of a heading where its stage acts
        ProbabilityRole,            ///< as text; empty for headings
        ActsRole                    ///< false: ticked off or never
    };

    explicit ChainModel(ChainDocument& document, QObject* parent = nullptr);

    static ChainPlace placeOf(const QModelIndex& index); ///< of a valid index
    QModelIndex indexOf(const ChainPlace& place) const;  ///< of the heading where the row is not there
    /// Where what is dragged comes from; nothing where it is no augmentation.
    static std::optional<ChainPlace> placeIn(const QMimeData& data);

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

    Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    QStringList mimeTypes() const override;
    QMimeData* mimeData(const QModelIndexList& indexes) const override;
    bool canDropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column, const QModelIndex& parent) const override;
    bool dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int column, const QModelIndex& parent) override;

private:
    void follow();
    void follow(AugmentationStage stage);
    QVariant headingData(AugmentationStage stage, int role) const;
    QVariant entryData(const ChainEntry& entry, int role) const;

    ChainDocument& m_document;
    AugmentationChain m_shown;
};

} // namespace melscope
