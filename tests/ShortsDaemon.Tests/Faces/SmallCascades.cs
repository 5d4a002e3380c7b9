namespace ShortsDaemon.Tests.Faces;

/// <summary>Cascades in OpenCV's form that know one thing each.</summary>
internal static class SmallCascades
{
    /// <summary>A window of 9×9 whose middle ninth is lighter than all around it.</summary>
    public const string LightMiddle = """
        <?xml version="1.0"?>
        <opencv_storage><cascade>
          <featureType>LBP</featureType><height>9</height><width>9</width>
          <stages><_>
            <maxWeakCount>1</maxWeakCount><stageThreshold>5.0000000000000000e-001</stageThreshold>
            <weakClassifiers><_>
              <internalNodes>0 -1 0 1 0 0 0 0 0 0 0</internalNodes>
              <leafValues>1. -1.</leafValues></_></weakClassifiers></_></stages>
          <features><_><rect>0 0 3 3</rect></_></features>
        </cascade></opencv_storage>
        """;

    /// <summary>A window of 10×10 with a dark left and a light right half, and, as the second node asks, lighter below than above.</summary>
    public const string DarkLeft = """
        <?xml version="1.0"?>
        <opencv_storage><cascade type_id="opencv-cascade-classifier">
          <featureType>HAAR</featureType><height>10</height><width>10</width>
          <stages><_>
            <maxWeakCount>1</maxWeakCount><stageThreshold>0.5</stageThreshold>
            <weakClassifiers><_>
              <internalNodes>0 1 0 0.8 -1 -2 1 0.1</internalNodes>
              <leafValues>-1. -1. 1.</leafValues></_></weakClassifiers></_></stages>
          <features>
            <_><rects><_>0 0 10 10 -1.</_><_>5 0 5 10 2.</_></rects><tilted>0</tilted></_>
            <_><rects><_>0 0 10 10 -1.</_><_>0 5 10 5 2.</_></rects></_>
          </features>
        </cascade></opencv_storage>
        """;
}
