//! A picture that phones read.

use qrcode::QrCode;
use qrcode::render::svg;

/// The text as a QR code (ISO/IEC 18004), in SVG that may stand in a page: one square and one path, without styles or a size of its
/// own. Black on white in both themes, since not every phone reads the inverse. Nothing where the text is too long.
#[must_use]
pub fn picture(text: &str) -> String {
    let Ok(code) = QrCode::new(text) else {
        return String::new();
    };
    let svg = code
        .render::<svg::Color<'_>>()
        .module_dimensions(4, 4)
        .dark_color(svg::Color("#000"))
        .light_color(svg::Color("#fff"))
        .build();
    // In HTML the declaration is not needed, and is a comment at the best.
    svg.split_once("?>")
        .map_or(svg.clone(), |(_, picture)| picture.to_owned())
}

#[cfg(test)]
mod tests {
    use super::picture;

    #[test]
    fn a_picture_is_made_of_two_shapes() {
        let svg = picture("otpauth://totp/Duyet:<script>\"&?secret=GEZDGNBV");
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>"), "{svg}");
        assert_eq!(svg.matches('<').count(), 4, "{svg}");
        assert!(!svg.contains("style") && !svg.contains("script"));
        assert_eq!(picture(&"x".repeat(5000)), "");
    }
}
