// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/LabelTrack.h"

#include <QtTest>

using namespace melscope;

class TestLabelTrack : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linesAreThoseOfAudacity()
    {
        // As its manual shows them: tabs, six digits, and frequencies on a line that begins with a backslash.
        QCOMPARE(audacityLabels({{0.25, 1.5, "rain", {}}, {2.0, 2.0, "a\tdog\nbarks", std::pair(100.0, 2500.5)}}),
                 std::string("0.250000\t1.500000\train\n"
                             "2.000000\t2.000000\ta dog barks\n"
                             "\\\t100.000000\t2500.500000\n"));
        QCOMPARE(audacityLabels({}), std::string());
    }

    void fileNamesStayInTheirFolder()
    {
        QCOMPARE(labelFileName("1-100032-A-0.wav"), std::string("1-100032-A-0.wav.txt"));
        QCOMPARE(labelFileName("dog/1.wav"), std::string("dog_1.wav.txt"));
        QCOMPARE(labelFileName("../../etc/passwd"), std::string("_._.._etc_passwd.txt"));
    }
};

QTEST_APPLESS_MAIN(TestLabelTrack)
#include "tst_label_track.moc"
