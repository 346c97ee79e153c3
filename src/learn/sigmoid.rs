//! The logistic function with nothing but additions, multiplications and divisions in a fixed order, which IEEE 754 rounds the
//! same on every machine. The standard library's `exp` is the platform's, and differs in its last bit.

/// The natural logarithm of 2 in two parts, so that a whole number of them can be taken off without loss (fdlibm).
const LN_2_HIGH: f64 = 6.931_471_803_691_238e-01;
const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;

/// What lies farther out is as sure as it gets.
const FAR: f64 = 60.0;

/// `e` to the power of `x`, for `x` within ±60.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a whole number within ±87, and 1023 more
fn exp(x: f64) -> f64 {
    let twos = (x * std::f64::consts::LOG2_E).round();
    let rest = (x - twos * LN_2_HIGH) - twos * LN_2_LOW;
    // Taylor's series from its small end; rest is within ±0.35, so thirteen terms are exact to the last bits.
    let mut sum = 1.0;
    for n in (1..=13_u32).rev() {
        sum = 1.0 + sum * rest / f64::from(n);
    }
    sum * f64::from_bits(((1023 + twos as i64) as u64) << 52)
}

/// The probability that log-odds stand for.
pub(super) fn exact(z: f64) -> f64 {
    1.0 / (1.0 + exp(-z.clamp(-FAR, FAR)))
}

/// The same as weights are kept.
#[allow(clippy::cast_possible_truncation)] // a probability
pub(super) fn sigmoid(z: f32) -> f32 {
    exact(f64::from(z)) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_exponential() {
        for n in -6000..=6000 {
            let x = f64::from(n) / 100.0;
            assert!((exp(x) / x.exp() - 1.0).abs() < 1e-14, "{x}");
        }
        assert!((sigmoid(0.0) - 0.5).abs() < f32::EPSILON);
        assert!(sigmoid(f32::INFINITY) <= 1.0 && sigmoid(-1e9) > 0.0);
    }
}
