"""Events in two real folders as a person saw them, by the ids of their articles."""

JUDGED = (
    "3d4b9afc07 3c7751ae3b 2b036be67a 5c0d97c7ff d02fdc0696 de99d57af1 ca71365516 8415146753 "
    "7f689bae63 d87ecae1e3 35ba210129 d2adb027d3 a6dea3785d 9c7db9981c cecdcba567",
    "0c7146bc6d b9cb274693",
    "3d07bdac87 da23c2b3bf 316996aba7",
    "f6eec507ad ce00b9cea2",
    "fbaa3a07de 9943240d77",
    "d0c7e5b327 4a57e27239 9a0d835f72",
    "dc5086c2ae 2e97e7cb91",
    "6fecec26f2 a844e7371f 38644c60dd 50312b3721 72450ceb1d b6f4d794ee",
    "89b0762542 12557c592b 910845df2d d160814e1d edbd72cb07",
    "3d274fed14 09ec863ab4",
    "5c003d8918 d34d3a3537 14621f0fa7 206edb22d6 cc68aaaffa",
    "0bafe84973 7a42d6b635",
    "9a5951d486 cad43d1ef2",
    "5ea98794ef d847f2aa9a",
    "c5a4ed288b 826b8dc0ca",
    "8c2cb92af3 b29874f3d8",
    "5291a455cd bed4476975 2ece0d6893 ad32773ae4",
    "3ebf541293 cb204a83c1",
    "48b8f0afbc 0a17712549",
    "5428a7da30 8a2e96ad39",
    "031714fd9b c9c45e8127 90f1031551 c50eb73924 d8f3360836",
    "15e90b5bfd 794a1223a0 1ec50152f1 dff5af3fe4 d7e2a60f6e",
    "ba87e1be16 9fe0cc2016",
)
