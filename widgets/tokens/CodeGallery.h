// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tokens/CodeOrder.h"

#include <QListView>

namespace melscope {

class CodeGalleryModel;
class CurrentCode;

/// The mean patches of all codes side by side, each with its share of the tokens and its commonest class. Virtual: only what is seen
/// is painted. Pointing, or the arrow keys, light a code up; a click or Return chooses it.
class CodeGallery : public QListView
{
    Q_OBJECT

public:
    /// `current` must outlive the gallery.
    explicit CodeGallery(CurrentCode& current, QWidget* parent = nullptr);

    void setTokens(const std::shared_ptr<const LoadedTokens>& tokens); ///< null: none
    void setOrder(CodeOrder order);
    CodeGalleryModel& codes() const { return *m_model; }

Q_SIGNALS:
    void codeHovered(int code); ///< CurrentCode::none: the pointer left it

protected:
    bool viewportEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    void hover(int code);
    void choose(const QModelIndex& index);

    CurrentCode& m_current;
    CodeGalleryModel* m_model;
    int m_hovered = -1;
};

} // namespace melscope
