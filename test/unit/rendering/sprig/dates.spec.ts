import { describe, expect, it } from 'vitest';
import { refusal, rendered } from './render.ts';

describe('Dates and durations', () => {
  it.each([
    ['{{sprig_duration 95}}', '0s'],
    ['{{sprig_durationRound "2h10m5s"}}', '2h'],
    ['{{sprig_toDate "2006-01-02" "2020-05-06" | printf "%.10v"}}', '2020-05-06'],
    ['{{sprig_unixEpoch (sprig_toDate "2006-01-02" "2020-05-06")}}', '1588723200'],
    ['{{sprig_duration "95"}}', '1m35s'],
    ['{{sprig_duration (sprig_int64 3661)}}', '1h1m1s'],
    ['{{sprig_duration "-5"}}', '-5s'],
    ['{{sprig_duration "x"}}', '0s'],
    ['{{sprig_duration nil}}', '0s'],
    ['{{sprig_duration 1.5}}', '0s'],
    ['{{sprig_duration "99999999999999999999"}}', '-1s'],
    ['{{sprig_duration "9223372036854775807"}}', '-1s'],
    ['{{sprig_duration (sprig_int64 0)}}', '0s'],
    ['{{sprig_duration "86400"}}', '24h0m0s'],
    ['{{sprig_duration "60"}}', '1m0s'],
    ['{{sprig_duration "3600"}}', '1h0m0s'],
    ['{{sprig_duration "+7"}}', '7s'],
    ['{{sprig_durationRound "2400h10m5s"}}', '3mo'],
    ['{{sprig_durationRound "9000h"}}', '1y'],
    ['{{sprig_durationRound "1s"}}', '0s'],
    ['{{sprig_durationRound "1.5s"}}', '1s'],
    ['{{sprig_durationRound "-90s"}}', '1m'],
    ['{{sprig_durationRound "60s"}}', '60s'],
    ['{{sprig_durationRound "61s"}}', '1m'],
    ['{{sprig_durationRound "24h"}}', '24h'],
    ['{{sprig_durationRound "25h"}}', '1d'],
    ['{{sprig_durationRound "x"}}', '0s'],
    ['{{sprig_durationRound 5}}', '0s'],
    ['{{sprig_durationRound (sprig_int64 5000000000)}}', '5s'],
    ['{{sprig_durationRound nil}}', '0s'],
    ['{{sprig_durationRound "720h1s"}}', '1mo'],
    ['{{sprig_durationRound "0"}}', '0s'],
    ['{{sprig_durationRound "100us"}}', '0s'],
    ['{{sprig_toDate "2006-01-02" "2020-05-06"}}', '2020-05-06 00:00:00 +0000 UTC'],
    ['{{sprig_toDate "2006-01-02" "x"}}', '0001-01-01 00:00:00 +0000 UTC'],
    ['{{sprig_toDate "2006-01-02T15:04:05Z07:00" "2020-05-06T07:08:09+02:00"}}', '2020-05-06 07:08:09 +0200 +0200'],
    ['{{sprig_toDate "2006-01-02T15:04:05Z07:00" "2020-05-06T07:08:09.123Z"}}', '2020-05-06 07:08:09.123 +0000 UTC'],
    [
      '{{sprig_toDate "2006-01-02 15:04:05.000 -0700 MST" "2020-05-06 07:08:09.120 +0100 CET"}}',
      '2020-05-06 07:08:09.12 +0100 CET',
    ],
    ['{{sprig_toDate "02 Jan 06 15:04 MST" "06 May 20 07:08 PST"}}', '2020-05-06 07:08:00 +0000 PST'],
    ['{{sprig_toDate "02 Jan 06 15:04 MST" "06 may 70 07:08 GMT+3"}}', '1970-05-06 10:08:00 +0300 GMT+3'],
    [
      '{{sprig_toDate "Monday, January 2 2006 3:04PM" "Friday, MARCH 13 2020 12:05AM"}}',
      '2020-03-13 00:05:00 +0000 UTC',
    ],
    ['{{sprig_toDate "3:04:05 pm" "12:05:06.75 pm"}}', '0000-01-01 12:05:06.75 +0000 UTC'],
    ['{{sprig_toDate "2006 002" "2020 060"}}', '2020-02-29 00:00:00 +0000 UTC'],
    ['{{sprig_toDate "2006 __2" "2021  60"}}', '2021-03-01 00:00:00 +0000 UTC'],
    ['{{sprig_toDate "Jan _2" "Feb  3"}}', '0000-02-03 00:00:00 +0000 UTC'],
    ['{{sprig_toDate "15h" "9h"}}', '0000-01-01 09:00:00 +0000 UTC'],
    ['{{sprig_toDate "" ""}}', '0000-01-01 00:00:00 +0000 UTC'],
    ['{{sprig_toDate "2006-01-02 -07" "2020-01-02 +00"}}', '2020-01-02 00:00:00 +0000 UTC'],
    ['{{sprig_toDate "2006-01-02 -07:00:00" "2020-01-02 -03:30:15"}}', '2020-01-02 00:00:00 -0330 -0330'],
    ['{{sprig_toDate "15:04 MST" "01:02 UTC"}}', '0000-01-01 01:02:00 +0000 UTC'],
    ['{{sprig_toDate "2006  01" "2020 03"}}', '2020-03-01 00:00:00 +0000 UTC'],
    ['{{sprig_toDate "MST" "+03"}}', '0000-01-01 00:00:00 +0000 +03'],
    ['{{sprig_toDate "15 PM" "15 AM"}}', '0000-01-01 15:00:00 +0000 UTC'],
    ['{{sprig_toDate "MST" "WITA"}}', '0000-01-01 00:00:00 +0000 WITA'],
    ['{{sprig_toDate "MST" "ChST"}}', '0000-01-01 00:00:00 +0000 ChST'],
    ['{{sprig_mustDateModify "1h30m" (sprig_toDate "2006-01-02" "2020-05-06")}}', '2020-05-06 01:30:00 +0000 UTC'],
    ['{{sprig_must_date_modify "-24h" (sprig_toDate "2006-01-02" "2020-03-01")}}', '2020-02-29 00:00:00 +0000 UTC'],
    ['{{sprig_mustDateModify "1.5ms" (sprig_toDate "2006-01-02" "2020-05-06")}}', '2020-05-06 00:00:00.0015 +0000 UTC'],
    [
      '{{sprig_mustDateModify "-1ns" (sprig_toDate "2006-01-02" "1970-01-01")}}',
      '1969-12-31 23:59:59.999999999 +0000 UTC',
    ],
    ['{{sprig_mustDateModify "0" (sprig_toDate "" "")}}', '0000-01-01 00:00:00 +0000 UTC'],
    [
      '{{$t := sprig_toDate "2006-01-02 15:04:05.999" "2020-05-06 07:08:09.012"}}{{$t.Year}} {{$t.Month}} {{$t.Day}} {{$t.Hour}} {{$t.Minute}} {{$t.Second}} {{$t.Nanosecond}} {{$t.Weekday}} {{$t.YearDay}} {{$t.Unix}} {{$t.UnixMilli}} {{$t.UnixMicro}} {{$t.UnixNano}} {{$t.Format "Mon Jan _2 2006 03:04PM .000 ,999 -07:00 MST"}} {{$t.IsZero}} {{printf "%d %T %T %T" $t.Month $t.Month $t.Weekday $t}} {{$t.UTC}} {{$t.Before $t}} {{$t.Equal $t}} {{sprig_toJson $t}} {{printf "%s" $t.MarshalText}} {{sprig_kindOf $t}} {{sprig_typeOf $t}} {{sprig_default "d" $t}} {{sprig_quote $t}} {{printf "%s|%v" $t $t}} {{$t.Sub (sprig_toDate "2006" "2020")}} {{($t.Sub (sprig_toDate "2006" "2020")).Hours}} {{($t.Sub (sprig_toDate "2006" "2020")).Seconds}} {{$t.Add ($t.Sub (sprig_toDate "2006" "2020"))}} {{sprig_int $t.Month}} {{sprig_int $t.Weekday}} {{sprig_int ($t.Sub $t)}}',
      '2020 May 6 7 8 9 12000000 Wednesday 127 1588748889 1588748889012 1588748889012000 1588748889012000000 Wed May  6 2020 07:08AM .012 ,012 +00:00 UTC false 5 time.Month time.Weekday time.Time 2020-05-06 07:08:09.012 +0000 UTC false true "2020-05-06T07:08:09.012Z" 2020-05-06T07:08:09.012Z struct time.Time 2020-05-06 07:08:09.012 +0000 UTC "2020-05-06 07:08:09.012 +0000 UTC" 2020-05-06 07:08:09.012 +0000 UTC|2020-05-06 07:08:09.012 +0000 UTC 3031h8m9.012s 3031.135836666667 1.0912089012e+07 2020-09-09 14:16:18.024 +0000 UTC 5 3 0',
    ],
    ['{{sprig_toDate "2006-01-02T15:04:05-07:00" "2020-05-06T07:08:09-05:30"}}', '2020-05-06 07:08:09 -0530 -0530'],
    ['{{(sprig_toDate "2006-01-02T15:04:05-07:00" "2020-05-06T01:08:09+05:30").UTC}}', '2020-05-05 19:38:09 +0000 UTC'],
    ['{{(sprig_toDate "2006-01-02T15:04:05-07:00" "2020-05-06T01:08:09+05:30").Day}}', '6'],
  ])('%s', (template, expected) => {
    expect(rendered(template)).toBe(expected);
  });

  it.each([
    [
      '{{sprig_mustToDate "2006-01-02" "2020-13-06"}}',
      'template: :1:2: executing "" at <sprig_mustToDate "2006-01-02" "2020-13-06">: error calling sprig_mustToDate: parsing time "2020-13-06": month out of range',
    ],
    [
      '{{sprig_mustToDate "2006-01-02" "2020-02-30"}}',
      'template: :1:2: executing "" at <sprig_mustToDate "2006-01-02" "2020-02-30">: error calling sprig_mustToDate: parsing time "2020-02-30": day out of range',
    ],
    [
      '{{sprig_mustToDate "2006-01-02" "2021-02-29"}}',
      'template: :1:2: executing "" at <sprig_mustToDate "2006-01-02" "2021-02-29">: error calling sprig_mustToDate: parsing time "2021-02-29": day out of range',
    ],
    [
      '{{sprig_mustToDate "2006-01-02" "2020-2-3"}}',
      'template: :1:2: executing "" at <sprig_mustToDate "2006-01-02" "2020-2-3">: error calling sprig_mustToDate: parsing time "2020-2-3" as "2006-01-02": cannot parse "2-3" as "01"',
    ],
    [
      '{{sprig_mustToDate "2006-01-02" "2020-02-03x"}}',
      'template: :1:2: executing "" at <sprig_mustToDate "2006-01-02" "2020-02-03x">: error calling sprig_mustToDate: parsing time "2020-02-03x": extra text: "x"',
    ],
    [
      '{{sprig_mustToDate "2006-01-02" ""}}',
      'template: :1:2: executing "" at <sprig_mustToDate "2006-01-02" "">: error calling sprig_mustToDate: parsing time "" as "2006-01-02": cannot parse "" as "2006"',
    ],
    [
      '{{sprig_mustToDate "2006-01-02" "2020/01/02"}}',
      'template: :1:2: executing "" at <sprig_mustToDate "2006-01-02" "2020/01/02">: error calling sprig_mustToDate: parsing time "2020/01/02" as "2006-01-02": cannot parse "/01/02" as "-"',
    ],
    [
      '{{sprig_mustToDate "15:04" "25:00"}}',
      'template: :1:2: executing "" at <sprig_mustToDate "15:04" "25:00">: error calling sprig_mustToDate: parsing time "25:00": hour out of range',
    ],
    [
      '{{sprig_mustToDate "15:04" "23:60"}}',
      'template: :1:2: executing "" at <sprig_mustToDate "15:04" "23:60">: error calling sprig_mustToDate: parsing time "23:60": minute out of range',
    ],
    [
      '{{sprig_mustToDate "15:04:05" "23:59:60"}}',
      'template: :1:2: executing "" at <sprig_mustToDate "15:04:05" "23:59:60">: error calling sprig_mustToDate: parsing time "23:59:60": second out of range',
    ],
    [
      '{{sprig_mustToDate "03PM" "13AM"}}',
      'template: :1:2: executing "" at <sprig_mustToDate "03PM" "13AM">: error calling sprig_mustToDate: parsing time "13AM": hour out of range',
    ],
    [
      '{{sprig_mustToDate "03PM" "11XM"}}',
      'template: :1:2: executing "" at <sprig_mustToDate "03PM" "11XM">: error calling sprig_mustToDate: parsing time "11XM" as "03PM": cannot parse "XM" as "PM"',
    ],
    [
      '{{sprig_mustToDate "Jan" "Foo"}}',
      'template: :1:2: executing "" at <sprig_mustToDate "Jan" "Foo">: error calling sprig_mustToDate: parsing time "Foo" as "Jan": cannot parse "Foo" as "Jan"',
    ],
    [
      '{{sprig_mustToDate "Monday" "Mon"}}',
      'template: :1:2: executing "" at <sprig_mustToDate "Monday" "Mon">: error calling sprig_mustToDate: parsing time "Mon" as "Monday": cannot parse "Mon" as "Monday"',
    ],
    [
      '{{sprig_mustToDate "2006 002" "2021 366"}}',
      'template: :1:2: executing "" at <sprig_mustToDate "2006 002" "2021 366">: error calling sprig_mustToDate: parsing time "2021 366": day-of-year out of range',
    ],
    [
      '{{sprig_mustToDate "2006 002 01" "2021 060 02"}}',
      'template: :1:2: executing "" at <sprig_mustToDate "2006 002 01" "2021 060 02">: error calling sprig_mustToDate: parsing time "2021 060 02": day-of-year does not match month',
    ],
    [
      '{{sprig_mustToDate "2006 002 2" "2021 060 2"}}',
      'template: :1:2: executing "" at <sprig_mustToDate "2006 002 2" "2021 060 2">: error calling sprig_mustToDate: parsing time "2021 060 2": day-of-year does not match day',
    ],
    [
      '{{sprig_mustToDate "-0700" "+2500"}}',
      'template: :1:2: executing "" at <sprig_mustToDate "-0700" "+2500">: error calling sprig_mustToDate: parsing time "+2500": time zone offset hour out of range',
    ],
    [
      '{{sprig_mustToDate "-0700" "0100"}}',
      'template: :1:2: executing "" at <sprig_mustToDate "-0700" "0100">: error calling sprig_mustToDate: parsing time "0100" as "-0700": cannot parse "0100" as "-0700"',
    ],
    [
      '{{sprig_mustToDate "Z07:00" "+1:00"}}',
      'template: :1:2: executing "" at <sprig_mustToDate "Z07:00" "+1:00">: error calling sprig_mustToDate: parsing time "+1:00" as "Z07:00": cannot parse "+1:00" as "Z07:00"',
    ],
    [
      '{{sprig_mustToDate ".000" ".12"}}',
      'template: :1:2: executing "" at <sprig_mustToDate ".000" ".12">: error calling sprig_mustToDate: parsing time ".12" as ".000": cannot parse ".12" as ".000"',
    ],
    [
      '{{sprig_mustToDate "MST" "abc"}}',
      'template: :1:2: executing "" at <sprig_mustToDate "MST" "abc">: error calling sprig_mustToDate: parsing time "abc" as "MST": cannot parse "abc" as "MST"',
    ],
    [
      '{{sprig_mustToDate "MST" "ABCD"}}',
      'template: :1:2: executing "" at <sprig_mustToDate "MST" "ABCD">: error calling sprig_mustToDate: parsing time "ABCD" as "MST": cannot parse "ABCD" as "MST"',
    ],
    [
      '{{sprig_mustToDate "2006 01" "2020x01"}}',
      'template: :1:2: executing "" at <sprig_mustToDate "2006 01" "2020x01">: error calling sprig_mustToDate: parsing time "2020x01" as "2006 01": cannot parse "x01" as " "',
    ],
    [
      '{{sprig_mustToDate "02" "0"}}',
      'template: :1:2: executing "" at <sprig_mustToDate "02" "0">: error calling sprig_mustToDate: parsing time "0" as "02": cannot parse "0" as "02"',
    ],
    [
      '{{sprig_mustToDate "2" "0"}}',
      'template: :1:2: executing "" at <sprig_mustToDate "2" "0">: error calling sprig_mustToDate: parsing time "0": day out of range',
    ],
    [
      '{{sprig_mustToDate "foo 2006" "fop 2020"}}',
      'template: :1:2: executing "" at <sprig_mustToDate "foo 2006" "fop 2020">: error calling sprig_mustToDate: parsing time "fop 2020" as "foo 2006": cannot parse "p 2020" as "foo "',
    ],
    [
      '{{sprig_mustDateModify "5" (sprig_toDate "" "")}}',
      'template: :1:2: executing "" at <sprig_mustDateModify "5" (sprig_toDate "" "")>: error calling sprig_mustDateModify: time: missing unit in duration "5"',
    ],
    [
      '{{sprig_mustDateModify "" (sprig_toDate "" "")}}',
      'template: :1:2: executing "" at <sprig_mustDateModify "" (sprig_toDate "" "")>: error calling sprig_mustDateModify: time: invalid duration ""',
    ],
    [
      '{{sprig_mustDateModify "5x" (sprig_toDate "" "")}}',
      'template: :1:2: executing "" at <sprig_mustDateModify "5x" (sprig_toDate "" "")>: error calling sprig_mustDateModify: time: unknown unit "x" in duration "5x"',
    ],
    [
      '{{sprig_mustDateModify "x" (sprig_toDate "" "")}}',
      'template: :1:2: executing "" at <sprig_mustDateModify "x" (sprig_toDate "" "")>: error calling sprig_mustDateModify: time: invalid duration "x"',
    ],
    [
      '{{sprig_mustDateModify "1h x" (sprig_toDate "" "")}}',
      'template: :1:2: executing "" at <sprig_mustDateModify "1h x" (sprig_toDate "" "")>: error calling sprig_mustDateModify: time: unknown unit "h x" in duration "1h x"',
    ],
    [
      '{{sprig_mustDateModify "1é" (sprig_toDate "" "")}}',
      String.raw`template: :1:2: executing "" at <sprig_mustDateModify "1é" (sprig_toDate "" "")>: error calling sprig_mustDateModify: time: unknown unit "\xc3\xa9" in duration "1\xc3\xa9"`,
    ],
    [
      '{{sprig_mustDateModify "9999999h" (sprig_toDate "" "")}}',
      'template: :1:2: executing "" at <sprig_mustDateModify "9999999h" (sprig_toDate "" "")>: error calling sprig_mustDateModify: time: invalid duration "9999999h"',
    ],
    [
      '{{sprig_mustDateModify "." (sprig_toDate "" "")}}',
      'template: :1:2: executing "" at <sprig_mustDateModify "." (sprig_toDate "" "")>: error calling sprig_mustDateModify: time: invalid duration "."',
    ],
    [
      '{{sprig_mustDateModify "--5s" (sprig_toDate "" "")}}',
      'template: :1:2: executing "" at <sprig_mustDateModify "--5s" (sprig_toDate "" "")>: error calling sprig_mustDateModify: time: invalid duration "--5s"',
    ],
    [
      '{{sprig_mustDateModify "+1h" 5}}',
      'template: :1:29: executing "" at <5>: can\'t handle 5 for arg of type time.Time',
    ],
    ['{{sprig_unixEpoch 5}}', 'template: :1:18: executing "" at <5>: can\'t handle 5 for arg of type time.Time'],
    ['{{sprig_unixEpoch "x"}}', 'template: :1:18: executing "" at <"x">: can\'t handle "x" for arg of type time.Time'],
    [
      '{{(sprig_toDate "2006" "2020").Foo}}',
      'template: :1:23: executing "" at <"2020">: can\'t evaluate field Foo in type time.Time',
    ],
  ])('%s is an error', (template, message) => {
    expect(refusal(template)).toBe(message);
  });
});
