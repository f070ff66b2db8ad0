// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/WrappedToolTips.h"

#include <QHeaderView>
#include <QHelpEvent>
#include <QLabel>
#include <QStandardItemModel>
#include <QTableView>
#include <QTest>
#include <QToolTip>

using namespace melscope;

class TestWrappedToolTips : public QObject
{
    Q_OBJECT

private:
    static QString sentence(int words) { return QStringLiteral("a < b ").repeated(words).trimmed(); }

    static void ask(QWidget& widget, QPoint place)
    {
        QToolTip::hideText();
        QHelpEvent event(QEvent::ToolTip, place, widget.mapToGlobal(place));
        QApplication::sendEvent(&widget, &event);
    }

    /// Width of the tooltip on the screen; 0: none.
    static int shownWidth()
    {
        for (const QWidget* each : QApplication::topLevelWidgets())
            if (each->inherits("QTipLabel") && each->isVisible())
                return each->width();
        return 0;
    }

private Q_SLOTS:
    void initTestCase() { qApp->installEventFilter(new WrappedToolTips(qApp)); }

    void aLongSentenceTakesSeveralLines()
    {
        QLabel label(QStringLiteral("label"));
        label.show();
        for (const int words : {3, 100}) {
            label.setToolTip(sentence(words));
            ask(label, {2, 2});
            QVERIFY(shownWidth() > 0);
            const int line = label.fontMetrics().horizontalAdvance(sentence(words));
            QVERIFY(words == 3 ? shownWidth() >= line : shownWidth() < line / 4);
        }
        // Nothing in it was taken for mark-up.
        QVERIFY2(QToolTip::text().contains(QStringLiteral("a &lt; b")), qPrintable(QToolTip::text()));
    }

    void soDoesAViewsCellAndHead()
    {
        QStandardItemModel model(1, 1);
        model.setItem(0, new QStandardItem(QStringLiteral("cell")));
        model.item(0)->setToolTip(sentence(100));
        model.setHeaderData(0, Qt::Horizontal, sentence(120), Qt::ToolTipRole);
        QTableView view;
        view.setModel(&model);
        view.show();
        const int line = view.fontMetrics().horizontalAdvance(sentence(100));
        ask(*view.viewport(), view.visualRect(model.index(0, 0)).center());
        QVERIFY(shownWidth() > 0 && shownWidth() < line / 4);
        ask(*view.horizontalHeader()->viewport(), {5, 5});
        QVERIFY(shownWidth() > 0 && shownWidth() < line / 4);
    }
};

QTEST_MAIN(TestWrappedToolTips)
#include "tst_WrappedToolTips.moc"
